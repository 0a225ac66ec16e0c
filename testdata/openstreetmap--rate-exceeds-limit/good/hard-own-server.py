"""The same against a Nominatim of our own, which bears more."""
import time

import requests

for address in open("addresses.txt", encoding="utf-8"):
    print(requests.get("https://nominatim.maps.example/search", params={"q": address, "format": "json"}).json())
    time.sleep(0.05)
