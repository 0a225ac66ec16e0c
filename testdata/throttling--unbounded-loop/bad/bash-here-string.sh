#!/usr/bin/env bash
list=$(jq -r '.[].sha1' iocs.json)
while read -r sha1; do
  curl -s -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/files/$sha1/stats"
  # ~^ throttling/unbounded-loop "curl -s -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/files/$sha1/stats"" warning
done <<< "$list"
