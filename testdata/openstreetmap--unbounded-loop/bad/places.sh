#!/bin/bash
while read -r place; do
  curl -s -A "places.sh" "https://nominatim.openstreetmap.org/search?format=json&q=${place// /+}" >> found.json
# ~^ openstreetmap/unbounded-loop "curl -s -A "places.sh" "https://nominatim.openstreetmap.org/search?format=json&q=${place// /+}"" warning
done < places.txt
