#!/usr/bin/env bash
set -eu
base=https://api.inventory.example/api
auth="Authorization: Bearer $TOKEN"
curl -sS -H "$auth" "$base/alerts" > alerts.json
curl -sS -H "$auth" "$base/machines" > machines.json
curl -sS -H "$auth" "$base/indicators" > indicators.json
curl -sS -H "$auth" "$base/Software" > Software.json
curl -sS -H "$auth" "$base/Vulnerabilities" > Vulnerabilities.json
curl -sS -H "$auth" "$base/recommendations" > recommendations.json
curl -sS -H "$auth" "$base/exposureScore" > exposureScore.json
curl -sS -H "$auth" "$base/configurationScore" > configurationScore.json
curl -sS -H "$auth" "$base/investigations" > investigations.json
curl -sS -H "$auth" "$base/machineactions" > machineactions.json
curl -sS -H "$auth" "$base/libraryfiles" > libraryfiles.json
