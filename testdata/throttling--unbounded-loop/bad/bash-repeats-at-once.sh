#!/bin/bash
while true; do
  status=$(curl -s -o answer.json -w '%{http_code}' -X POST https://api.security.microsoft.com/api/advancedqueries/run -d @query.json)
  # ~^ throttling/unbounded-loop "curl" warning
  if [ "$status" != 429 ]; then
    break
  fi
done
