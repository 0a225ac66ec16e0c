#!/usr/bin/env bash
url='https://api.security.microsoft.com/api/machines/SoftwareVulnerabilitiesByMachine?pageSize=50000'
while [ -n "$url" ] && [ "$url" != null ]; do
  page=$(curl -fsS -H "Authorization: Bearer $TOKEN" "$url")
  # ~^ throttling/unbounded-loop "curl -fsS -H "Authorization: Bearer $TOKEN" "$url"" note
  jq -c '.value[]' <<< "$page" >> vulnerabilities.jsonl
  url=$(jq -r '."@odata.nextLink"' <<< "$page")
done
