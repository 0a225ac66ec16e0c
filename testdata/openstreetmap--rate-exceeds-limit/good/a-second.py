import time

import requests

for address in open("addresses.txt", encoding="utf-8"):
    answer = requests.get(
        "https://nominatim.openstreetmap.org/search",
        params={"q": address.strip(), "format": "jsonv2"},
        headers={"User-Agent": "address-book/2.0 (me@book.example)"},
    )
    print(answer.json())
    time.sleep(1)
