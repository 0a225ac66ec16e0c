import requests

# Pelias, which speaks OpenStreetMap's data and not the public Nominatim's policy.
for address in open("addresses.txt", encoding="utf-8"):
    print(requests.get("https://pelias.maps.example/v1/search", params={"text": address}).json())
