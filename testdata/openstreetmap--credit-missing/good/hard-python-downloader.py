import urllib.request

TILE = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def save(z, x, y, name):
    reply = urllib.request.urlopen(TILE.format(z=z, x=x, y=y))
    with open(name, "wb") as file:
        file.write(reply.read())
