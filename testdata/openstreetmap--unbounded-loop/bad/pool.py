from concurrent.futures import ThreadPoolExecutor

import requests


def name_of(point):
    lat, lon = point
    url = f"https://nominatim.openstreetmap.org/reverse?lat={lat}&lon={lon}&format=json"
    return requests.get(url, headers={"User-Agent": "trails/3"}).json()["display_name"]


def names_of(points):
    with ThreadPoolExecutor(max_workers=16) as pool:
        return list(pool.map(name_of, points))
# ~^ openstreetmap/unbounded-loop "name_of" warning
