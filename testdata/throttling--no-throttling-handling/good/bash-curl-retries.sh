#!/usr/bin/env bash
set -eu
base=https://api.securitycenter.microsoft.com/api
auth="Authorization: Bearer $TOKEN"
curl -sS --retry 5 -H "$auth" "$base/alerts" > alerts.json
curl -sS --retry 5 -H "$auth" "$base/machines" > machines.json
curl -sS --retry 5 -H "$auth" "$base/indicators" > indicators.json
curl -sS --retry 5 -H "$auth" "$base/Software" > Software.json
curl -sS --retry 5 -H "$auth" "$base/Vulnerabilities" > Vulnerabilities.json
curl -sS --retry 5 -H "$auth" "$base/recommendations" > recommendations.json
curl -sS --retry 5 -H "$auth" "$base/exposureScore" > exposureScore.json
curl -sS --retry 5 -H "$auth" "$base/configurationScore" > configurationScore.json
curl -sS --retry 5 -H "$auth" "$base/investigations" > investigations.json
curl -sS --retry 5 -H "$auth" "$base/machineactions" > machineactions.json
curl -sS --retry 5 -H "$auth" "$base/libraryfiles" > libraryfiles.json
