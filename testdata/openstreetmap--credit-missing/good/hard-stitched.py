"""Saves a piece of the world as one picture."""
import io

import requests
from PIL import Image


def save(zoom, left, top, count, name):
    whole = Image.new("RGB", (256 * count, 256 * count))
    for x in range(count):
        for y in range(count):
            url = f"https://tile.openstreetmap.org/{zoom}/{left + x}/{top + y}.png"
            answer = requests.get(url, headers={"User-Agent": "worldsaver/1.2 (saver@atlas.example)"})
            whole.paste(Image.open(io.BytesIO(answer.content)), (256 * x, 256 * y))
    whole.save(name)
