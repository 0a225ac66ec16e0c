import time

import requests

HEADERS = {"User-Agent": "harbour-survey/1.0 (https://harbour.example)"}


def name_of(lat, lon):
    time.sleep(1)
    return requests.get("https://nominatim.openstreetmap.org/reverse", params={"lat": lat, "lon": lon}, headers=HEADERS)


for row_lat in range(5340, 5370):
    for col_lon in range(970, 1020):
        print(name_of(row_lat / 100, col_lon / 100).text)
# ~^ openstreetmap/systematic-search "name_of(row_lat / 100, col_lon / 100)" warning
