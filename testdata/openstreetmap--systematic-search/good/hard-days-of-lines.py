import time

import requests

HEADERS = {"User-Agent": "harbour-timetables/1.2 (https://harbour.example)"}

for line in lines:
    for day in range(7):
        requests.get("https://nominatim.openstreetmap.org/search", params={"q": line.terminal, "day": day}, headers=HEADERS)
        time.sleep(1)
