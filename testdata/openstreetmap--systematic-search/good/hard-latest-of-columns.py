import time

import requests

HEADERS = {"User-Agent": "harbour-timetables/1.2 (https://harbour.example)"}

for latest in releases:
    for column in latest.columns:
        requests.get("https://nominatim.openstreetmap.org/search", params={"q": column.place}, headers=HEADERS)
        time.sleep(1)
