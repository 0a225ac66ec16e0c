#!/bin/sh
curl --rate 20/m -sS -H "Authorization: Bearer $TOKEN" -o 'alerts_#1.json' \
  "https://api.security.microsoft.com/api/alerts?\$top=1000&\$skip=[0-1000000:1000]"
