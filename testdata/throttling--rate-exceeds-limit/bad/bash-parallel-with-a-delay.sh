#!/usr/bin/env bash
parallel -j 4 --delay 0.25 curl -sS -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/machines/{}" :::: ids.txt
# ~^ throttling/rate-exceeds-limit "parallel" error
