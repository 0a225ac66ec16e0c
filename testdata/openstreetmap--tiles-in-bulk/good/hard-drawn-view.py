import io
import requests
from PIL import Image

# Map data © OpenStreetMap contributors
picture = Image.new("RGB", (768, 768))
for x in range(3):
    for y in range(3):
        tile = requests.get(f"https://tile.openstreetmap.org/{zoom}/{left + x}/{top + y}.png").content
        picture.paste(Image.open(io.BytesIO(tile)), (x * 256, y * 256))
picture.save("view.png")
