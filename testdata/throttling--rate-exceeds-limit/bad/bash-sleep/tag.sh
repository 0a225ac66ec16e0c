#!/usr/bin/env bash
BASE="https://api.securitycenter.microsoft.com/api"

tag() {
  local id=$1
  curl -s -X POST -H "Authorization: Bearer $TOKEN" "$BASE/machines/$id/tags" -d @tag.json
}

for id in $(cat ids.txt); do
  tag "$id"
  sleep 0.4
  # ~^ throttling/rate-exceeds-limit "sleep 0.4" error
done
