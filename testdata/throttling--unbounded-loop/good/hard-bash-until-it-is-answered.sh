#!/bin/bash
# curl fails on an answer of 429 only with -f: then it waits, and asks again.
while read -r id; do
  until curl -sf "https://api.securitycenter.microsoft.com/api/machines/$id" -o "$id.json"; do
    sleep 30
  done
done < machines.txt
