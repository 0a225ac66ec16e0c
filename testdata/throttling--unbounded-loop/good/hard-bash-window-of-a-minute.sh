#!/usr/bin/env bash
sent=0 opened=$SECONDS
while read -r id; do
  if (( sent >= 100 )); then
    left=$(( 60 - (SECONDS - opened) ))
    (( left > 0 )) && sleep "$left"
    sent=0 opened=$SECONDS
  fi
  curl -s -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/machines/$id/software" > "$id.json"
  (( sent++ ))
done < ids.txt
