#!/bin/bash
for name in alerts machines vulnerabilities recommendations software indicators users; do
  curl -s "https://api.security.microsoft.com/api/$name" > "$name.json"
done
