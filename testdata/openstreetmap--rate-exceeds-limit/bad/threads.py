import queue
import threading
import time

import requests

places = queue.Queue()


def worker():
    while True:
        lat, lon = places.get()
        reply = requests.get(
            "https://nominatim.openstreetmap.org/reverse",
            params={"lat": lat, "lon": lon, "format": "jsonv2"},
            headers={"User-Agent": "ferry-timetables (maps@harbour.example)"},
        )
        print(reply.json())
        time.sleep(1)
# ~^ openstreetmap/rate-exceeds-limit "time.sleep(1)" error


for _ in range(6):
    threading.Thread(target=worker, daemon=True).start()
