import requests

answer = requests.get(f"https://tiles.harbour.example/{zoom}/{column}/{row}.png")
