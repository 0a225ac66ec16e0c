"""Draws a poster of the route."""
import io
import math

import requests
from PIL import Image, ImageDraw

ROUTE = [(12, 40), (90, 66), (130, 120)]


def tile(zoom, x, y):
    url = f"https://tile.openstreetmap.org/{zoom}/{x}/{y}.png"
# ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{zoom}/{x}/{y}.png" warning
    answer = requests.get(url, headers={"User-Agent": "poster/0.3 (poster@route.example)"})
    return Image.open(io.BytesIO(answer.content))


def poster(zoom, left, top, width, height):
    image = Image.new("RGB", (256 * width, 256 * height))
    for x in range(width):
        for y in range(height):
            image.paste(tile(zoom, left + x, top + y), (256 * x, 256 * y))
    ImageDraw.Draw(image).line(ROUTE, fill="red", width=4)
    return image
