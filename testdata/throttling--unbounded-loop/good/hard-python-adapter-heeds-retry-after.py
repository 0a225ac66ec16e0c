import requests
from requests.adapters import HTTPAdapter

session = requests.Session()
# Of a number urllib3 makes a policy that waits for as long as Retry-After says.
session.mount("https://", HTTPAdapter(max_retries=5))


def recommendations(machine_ids):
    for machine_id in machine_ids:
        url = f"https://api.security.microsoft.com/api/machines/{machine_id}/recommendations"
        yield session.get(url, timeout=30).json()["value"]
