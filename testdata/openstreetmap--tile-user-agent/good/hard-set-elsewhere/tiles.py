from session import session

# Map data © OpenStreetMap contributors
answer = session.get(f"https://tile.openstreetmap.org/{zoom}/{column}/{row}.png")
