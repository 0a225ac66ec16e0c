import requests

def worst(machine_ids):
    for machine in machine_ids[:50]:
        requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}/vulnerabilities")
