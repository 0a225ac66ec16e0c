#!/bin/bash
for id in $(cat ids.txt); do
  curl --retry 8 -s "https://api.security.microsoft.com/api/machines/$id"
done
