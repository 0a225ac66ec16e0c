#!/bin/bash
call() {
  local n
  for n in 1 2 3; do
    if curl -sf -H "$auth" "https://api.securitycenter.microsoft.com/api/$1"; then
      return 0
    fi
    sleep 30
  done
  return 1
}

while read -r machine; do
  call "machines/$machine"
done < machines.txt
