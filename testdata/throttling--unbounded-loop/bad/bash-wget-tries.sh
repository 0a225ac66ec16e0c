#!/bin/sh
# The tries of wget are for connections.
while read -r id; do
  wget -q --tries=5 --header="Authorization: Bearer $TOKEN" -O "$id.json" "https://api.security.microsoft.com/api/machines/$id"
  # ~^ throttling/unbounded-loop "wget" warning
done < ids.txt
