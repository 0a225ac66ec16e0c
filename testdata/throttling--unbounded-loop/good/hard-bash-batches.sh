#!/usr/bin/env bash
set -euo pipefail
api=https://api.security.microsoft.com/api

while mapfile -t -n 20 ids && ((${#ids[@]})); do
  for id in "${ids[@]}"; do
    curl -fsS -H "Authorization: Bearer $TOKEN" "$api/machines/$id/alerts" >> alerts.jsonl
  done
  sleep 15
done < machine-ids.txt
