#!/bin/sh
while read -r id; do
  curl -s "https://api.security.microsoft.com/api/machines/$id"
  sleep 1
done < ids.txt
