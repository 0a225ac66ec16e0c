import argparse
import csv
import time

import requests


def look_up(pier):
    reply = requests.get(
        "https://nominatim.openstreetmap.org/search",
        params={"q": pier, "format": "jsonv2"},
        headers={"User-Agent": "ferry-timetables (maps@harbour.example)"},
    )
    return reply.json()


parser = argparse.ArgumentParser()
parser.add_argument("piers")
parser.add_argument("-d", "--delay", type=float, default=0.25, help="seconds between piers")
options = parser.parse_args()
for row in csv.reader(open(options.piers)):
    print(look_up(row[0]))
    time.sleep(options.delay)
# ~^ openstreetmap/rate-exceeds-limit "time.sleep(options.delay)" warning
