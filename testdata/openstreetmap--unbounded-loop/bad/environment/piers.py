import os

import requests

for pier in open("piers.txt"):
    reply = requests.get(os.environ["GEOCODER_URL"] + "/search", params={"q": pier})
# ~^ openstreetmap/unbounded-loop "requests.get(os.environ["GEOCODER_URL"] + "/search", params={"q": pier})" warning
    print(reply.json())
