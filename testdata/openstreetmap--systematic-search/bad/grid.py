import time

import numpy as np
import requests

HEADERS = {"User-Agent": "harbour-survey/1.0 (https://harbour.example)"}

for lat in np.arange(53.4, 53.7, 0.01):
    for lon in np.arange(9.7, 10.2, 0.01):
        requests.get("https://nominatim.openstreetmap.org/reverse", params={"lat": lat, "lon": lon}, headers=HEADERS)
# ~^ openstreetmap/systematic-search "requests.get("https://nominatim.openstreetmap.org/reverse", params={"lat": lat, "lon": lon}, headers=HEADERS)" warning
        time.sleep(1)
