"""Adds coordinates to the addresses of a club's members."""
import csv
import time

import requests

URL = "https://nominatim.openstreetmap.org/search"
HEADERS = {"User-Agent": "club-map/1.2 (maps@club.example)"}


def locate(address):
    answer = requests.get(URL, params={"q": address, "format": "jsonv2"}, headers=HEADERS, timeout=20)
    answer.raise_for_status()
    return answer.json()


with open("members.csv", newline="", encoding="utf-8") as members:
    for row in csv.DictReader(members):
        print(row["name"], locate(row["address"]))
        time.sleep(0.25)
# ~^ openstreetmap/rate-exceeds-limit "time.sleep(0.25)" error
