import requests


def locate(pier):
    return requests.get("https://nominatim.openstreetmap.org/search", params={"q": pier}).json()
# ~^ openstreetmap/user-agent "requests.get("https://nominatim.openstreetmap.org/search", params={"q": pier})" warning
