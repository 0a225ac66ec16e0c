import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

retries = Retry(total=8, status_forcelist=[429])
adapter = HTTPAdapter(max_retries=retries)
session = requests.Session()
session.mount("https://forge.example", adapter)
for machine in open("machines.txt"):
    session.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)
# ~^ throttling/unbounded-loop "session.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}", timeout=30)" warning
