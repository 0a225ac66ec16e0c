#!/usr/bin/env bash
for id in $(jq -r '.value[].id' machines.json); do
  curl -s -X POST -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d @isolate.json "https://api.security.microsoft.com/api/machines/$id/isolate" &
  # ~^ throttling/unbounded-loop "curl" warning
done
wait
