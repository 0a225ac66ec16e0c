import requests

session = requests.Session()
session.headers["User-Agent"] = "piers/1.0 (https://harbour.example)"
