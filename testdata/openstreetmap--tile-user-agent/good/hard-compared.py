import requests

def is_public(address):
    return address.startswith("https://tile.openstreetmap.org/")

def tile(server, zoom, column, row):
    if is_public(server):
        raise ValueError("run a server of your own")
    return requests.get(f"{server}/{zoom}/{column}/{row}.png")
