#!/bin/sh
# All pages of a thousand alerts, by one command.
curl --rate 5/s -sS -H "Authorization: Bearer $TOKEN" -o 'alerts_#1.json' \
# ~^ throttling/rate-exceeds-limit "curl" error
  "https://api.security.microsoft.com/api/alerts?\$top=1000&\$skip=[0-1000000:1000]"
