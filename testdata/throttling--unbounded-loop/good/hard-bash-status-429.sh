#!/usr/bin/env bash
while read -r id; do
  while :; do
    code=$(curl -s -o "$id.json" -w '%{http_code}' -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/machines/$id")
    [[ $code == 429 ]] || break
    sleep 30
  done
done < ids.txt
