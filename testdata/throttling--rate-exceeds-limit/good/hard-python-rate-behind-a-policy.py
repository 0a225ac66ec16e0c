import time
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=Retry(total=8, status_forcelist=[429], respect_retry_after_header=True)))


def archive(machines):
    for machine in machines:
        session.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}")
        time.sleep(0.2)
