import requests

from addresses import machine_url

for machine in open("machines.txt"):
    reply = requests.get(machine_url(machine.strip()), headers=HEADERS)
# ~^ throttling/unbounded-loop "requests.get(machine_url(machine.strip()), headers=HEADERS)" warning
    print(reply.json())
