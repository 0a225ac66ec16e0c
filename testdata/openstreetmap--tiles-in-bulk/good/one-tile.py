import requests

# Credit: © OpenStreetMap contributors
tile = requests.get("https://tile.openstreetmap.org/13/4297/2670.png", headers={"User-Agent": "harbour/1.0 (+https://harbour.example)"})
with open("tile.png", "wb") as file:
    file.write(tile.content)
