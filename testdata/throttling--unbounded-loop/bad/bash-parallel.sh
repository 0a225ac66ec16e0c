#!/usr/bin/env bash
parallel -j 16 curl -s -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/machines/{}/users" :::: ids.txt
# ~^ throttling/unbounded-loop "parallel" warning
