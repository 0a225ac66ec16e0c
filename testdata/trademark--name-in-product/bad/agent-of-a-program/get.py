import requests

requests.get("https://files.example", headers={"User-Agent": "OneDrive Watch/1.0"})
# ~^ trademark/name-in-product "OneDrive Watch" note
