import requests

for x in range(4200, 4300):
    for y in range(2600, 2700):
        tile = requests.get(f"https://tiles.harbour.example/13/{x}/{y}.png")
        with open(f"tiles/13-{x}-{y}.png", "wb") as file:
            file.write(tile.content)
