from concurrent.futures import ThreadPoolExecutor

import requests


def fetch(url):
    return requests.get(url).json()


def fetch_all(urls):
    with ThreadPoolExecutor(max_workers=10) as workers:
        return list(workers.map(fetch, urls))
# ~^ openstreetmap/unbounded-loop "fetch" warning
