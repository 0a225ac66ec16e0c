import time

import requests

from ferry.settings import NOMINATIM, PAUSE_SECONDS


def look_up(piers):
    for pier in piers:
        yield requests.get(NOMINATIM, params={"q": pier}, headers={"User-Agent": "ferry-timetables"})
        time.sleep(PAUSE_SECONDS)
