import io

import requests
from PIL import Image

# Map data © OpenStreetMap contributors
answer = requests.get(f"https://tile.openstreetmap.org/{zoom}/{column}/{row}.png")
# ~^ openstreetmap/tile-user-agent "requests.get(f"https://tile.openstreetmap.org/{zoom}/{column}/{row}.png")" warning
Image.open(io.BytesIO(answer.content)).show()
