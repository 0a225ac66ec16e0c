from .fetch import fetch_all

addresses = []
for row in read_rows("berths.csv"):
    addresses.append(f"https://nominatim.openstreetmap.org/search?q={row['address']}&format=json")
places = fetch_all(addresses)
