import requests


def watch(action):
    while True:
        status = requests.get(f"https://api.securitycenter.microsoft.com/api/machineactions/{action}").json()["status"]
        # ~^ throttling/unbounded-loop "requests.get(f"https://api.securitycenter.microsoft.com/api/machineactions/{action}")" warning
        if status == "Succeeded":
            break
