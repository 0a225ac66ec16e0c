import sys
import requests

server = sys.argv[1]
for x in range(100):
    for y in range(100):
        with open(f"tiles/10-{x}-{y}.png", "wb") as file:
            file.write(requests.get(f"{server}/10/{x}/{y}.png").content)
