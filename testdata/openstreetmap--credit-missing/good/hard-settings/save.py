import requests

from settings import TILE_SERVER


def save(z, x, y):
    answer = requests.get(TILE_SERVER.format(z=z, x=x, y=y), headers={"User-Agent": "saver/1.0"})
    with open(f"{z}-{x}-{y}.png", "wb") as out:
        out.write(answer.content)
