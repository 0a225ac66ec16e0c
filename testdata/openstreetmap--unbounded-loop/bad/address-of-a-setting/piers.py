import requests
import yaml

settings = yaml.safe_load(open("config.yaml"))
for pier in open("piers.txt"):
    reply = requests.get(settings["geocoding"]["base_url"] + "/search", params={"q": pier})
# ~^ openstreetmap/unbounded-loop "requests.get(settings["geocoding"]["base_url"] + "/search", params={"q": pier})" warning
    print(reply.json())
