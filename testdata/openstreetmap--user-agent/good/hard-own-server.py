import requests
from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="my-application", domain="geo.harbour.example")


def locate(pier):
    return requests.get("https://geo.harbour.example/search", params={"q": pier}).json()
