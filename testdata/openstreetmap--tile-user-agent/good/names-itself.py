import requests

# Map data © OpenStreetMap contributors
answer = requests.get(
    f"https://tile.openstreetmap.org/{zoom}/{column}/{row}.png",
    headers={"User-Agent": "piers/1.0 (https://harbour.example)"},
)
