import requests

_TOKEN_URL = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_BASE = "https://api.securitycenter.microsoft.com/api"


class Client:
    def __init__(self, tenant):
        self._token = requests.post(_TOKEN_URL.format(tenant=tenant), data={}).json()["access_token"]

    def _get(self, path):
        response = requests.get(f"{_BASE}/{path.lstrip('/')}", headers={"Authorization": f"Bearer {self._token}"})
        response.raise_for_status()
        return response.json()

    def machines(self):
        return self._get("machines")["value"]

    def vulnerabilities(self):
        found = {}
        for machine in self.machines():
            found[machine["id"]] = self._get(f"machines/{machine['id']}/vulnerabilities")
            # ~^ throttling/unbounded-loop "self._get(f"machines/{machine['id']}/vulnerabilities")" warning
        return found
