import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

retries = Retry(total=8, status_forcelist=[429], backoff_factor=1)
adapter = HTTPAdapter(max_retries=retries)
session = requests.Session()
session.mount("https://", adapter)
plain = requests.Session()


def read(client, machine):
    return client.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)


def main():
    plain.get("https://forge.example/api/issues")
    for machine in open("machines.txt"):
        session.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)
        read(session, machine)
