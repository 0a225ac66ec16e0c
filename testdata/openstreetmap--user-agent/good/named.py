import requests

HEADERS = {"User-Agent": "harbour-timetables/1.2 (https://harbour.example)"}


def locate(pier):
    return requests.get("https://nominatim.openstreetmap.org/search", params={"q": pier}, headers=HEADERS).json()
