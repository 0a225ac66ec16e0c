import time

import requests

while True:
    requests.get("https://api.acme.example/v1/gears")
    time.sleep(5)
