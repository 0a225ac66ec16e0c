import requests
from ratelimit import limits, sleep_and_retry


class DefenderClient:
    def __init__(self, token, base_url="https://api.securitycenter.microsoft.com/api"):
        self.base_url = base_url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    @sleep_and_retry
    @limits(calls=200, period=60)
    # ~^ throttling/rate-exceeds-limit "limits(calls=200, period=60)" warning
    def _get(self, path):
        return self.session.get(f"{self.base_url}/{path}").json()

    def vulnerabilities(self, machine_id):
        return self._get(f"machines/{machine_id}/vulnerabilities")
