import os

import requests

# A Nominatim in our own network; see docker-compose.yml.
BASE = os.environ.get("NOMINATIM_URL", "http://nominatim:8080")

for address in open("addresses.txt", encoding="utf-8"):
    print(requests.get(f"{BASE}/search", params={"q": address, "format": "json"}).json())
