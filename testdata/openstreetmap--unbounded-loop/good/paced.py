import time

import requests

session = requests.Session()
session.headers["User-Agent"] = "parish-map/1.0 (map@parish.example)"
for address in open("addresses.txt", encoding="utf-8"):
    print(session.get("https://nominatim.openstreetmap.org/search", params={"q": address}).json())
    time.sleep(1)
