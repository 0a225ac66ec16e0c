import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

class Client:
    def __init__(self):
        self.session = requests.Session()
        retry = Retry(total=5, backoff_factor=2, status_forcelist=[429, 503], allowed_methods=None)
        self.session.mount("https://", HTTPAdapter(max_retries=retry))

    def alerts(self, ids):
        for i in ids:
            yield self.session.get(f"https://api.securitycenter.microsoft.com/api/alerts/{i}")
