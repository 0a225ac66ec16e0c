import time

import requests

HEADERS = {"User-Agent": "harbour-timetables/1.2 (https://harbour.example)"}

for stop in stops:
    requests.get("https://nominatim.openstreetmap.org/reverse", params={"lat": stop.lat, "lon": stop.lon}, headers=HEADERS)
    time.sleep(1)
