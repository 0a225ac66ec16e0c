#!/bin/sh
API=${API:-https://api.security.microsoft.com/api}
while read -r id; do
  curl -s -H "Authorization: Bearer $TOKEN" "$API/machines/$id/vulnerabilities"
  # ~^ throttling/unbounded-loop "curl -s -H "Authorization: Bearer $TOKEN" "$API/machines/$id/vulnerabilities"" warning
done < ids.txt
