import requests

for z in range(0, 15):
    for x in range(2 ** z):
# ~^ openstreetmap/tiles-in-bulk "for x in range(2 ** z):" warning
        for y in range(2 ** z):
            with open(f"tiles/{z}-{x}-{y}.png", "wb") as file:
                file.write(requests.get(f"https://tile.openstreetmap.org/{z}/{x}/{y}.png").content)
