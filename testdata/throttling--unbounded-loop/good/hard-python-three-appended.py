import requests

machines = []
machines.append(first)
machines.append(second)
machines.append(third)

for machine in machines:
    requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}")
