import queue
import threading
import time

import requests

places = queue.Queue()
turn = threading.Lock()


def worker():
    while True:
        lat, lon = places.get()
        with turn:
            reply = requests.get(
                "https://nominatim.openstreetmap.org/reverse",
                params={"lat": lat, "lon": lon, "format": "jsonv2"},
                headers={"User-Agent": "ferry-timetables (maps@harbour.example)"},
            )
            time.sleep(1)
        print(reply.json())


for _ in range(6):
    threading.Thread(target=worker, daemon=True).start()
