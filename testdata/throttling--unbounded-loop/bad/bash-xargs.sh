#!/bin/bash
cat ids.txt | xargs -P 8 -I{} curl -s -X POST "https://api.securitycenter.microsoft.com/api/machines/{}/isolate"
# ~^ throttling/unbounded-loop "xargs -P 8 -I{} curl -s -X POST "https://api.securitycenter.microsoft.com/api/machines/{}/isolate"" warning
