import requests

HEADERS = {"User-Agent": "harbour-timetables/1.2 (https://harbour.example)"}

print(requests.get("https://nominatim.openstreetmap.org/reverse", params={"lat": 53.5, "lon": 9.9}, headers=HEADERS).text)
