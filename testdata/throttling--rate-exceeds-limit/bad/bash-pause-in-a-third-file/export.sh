#!/usr/bin/env bash
source ./mde.sh

for id in $(cut -d, -f1 devices.csv); do
  mde_get "machines/$id/software" > "out/$id.json"
done
