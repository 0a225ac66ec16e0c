#!/bin/bash
kinds=()
kinds+=(machines)
kinds+=(alerts software)
for kind in "${kinds[@]}"; do
  curl -s "https://api.securitycenter.microsoft.com/api/$kind"
done
