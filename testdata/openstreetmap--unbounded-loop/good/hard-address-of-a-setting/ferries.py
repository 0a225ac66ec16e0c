import requests
import yaml

settings = yaml.safe_load(open("config.yaml"))
for pier in open("piers.txt"):
    reply = requests.get(settings["timetables"]["base_url"] + "/search", params={"q": pier})
    print(reply.json())
