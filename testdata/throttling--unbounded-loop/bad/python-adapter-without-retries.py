import requests
from requests.adapters import HTTPAdapter

session = requests.Session()
# More connections, no more patience.
session.mount("https://", HTTPAdapter(pool_connections=20, pool_maxsize=20))


def vulnerabilities(machine_ids, headers):
    found = {}
    for machine_id in machine_ids:
        answer = session.get(f"https://api.security.microsoft.com/api/machines/{machine_id}/vulnerabilities", headers=headers)
        # ~^ throttling/unbounded-loop "session.get(f"https://api.security.microsoft.com/api/machines/{machine_id}/vulnerabilities", headers=headers)" warning
        found[machine_id] = answer.json()["value"]
    return found
