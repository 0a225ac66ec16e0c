import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

forge = requests.Session()
forge.mount("https://", HTTPAdapter(max_retries=Retry(total=8, status_forcelist=[429])))


def issues():
    return forge.get("https://forge.example/api/issues").json()


def main():
    for machine in open("machines.txt"):
        requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)
# ~^ throttling/unbounded-loop "requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)" warning
