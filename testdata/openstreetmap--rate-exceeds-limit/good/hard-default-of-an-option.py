import argparse
import csv
import time

import requests

parser = argparse.ArgumentParser()
parser.add_argument("piers")
parser.add_argument("-d", "--delay", type=float, default=1.5, help="seconds between piers")
options = parser.parse_args()
for row in csv.reader(open(options.piers)):
    reply = requests.get(
        "https://nominatim.openstreetmap.org/search",
        params={"q": row[0], "format": "jsonv2"},
        headers={"User-Agent": "ferry-timetables (maps@harbour.example)"},
    )
    print(reply.json())
    time.sleep(options.delay)
