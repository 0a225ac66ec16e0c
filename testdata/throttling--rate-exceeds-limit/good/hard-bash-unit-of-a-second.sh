#!/usr/bin/env bash
# One after the other, with a second after each.
while read -r sha1; do
  curl -sS -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/files/$sha1"
  sleep 1s
done < hashes.txt
