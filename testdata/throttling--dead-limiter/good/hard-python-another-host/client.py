import requests

BASE = "https://api.inventory.example/api"


class Client:
    def __init__(self, token):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def alerts(self):
        return self.session.get(f"{BASE}/alerts").json()

    def machines(self):
        return self.session.get(f"{BASE}/machines").json()

    def indicators(self):
        return self.session.get(f"{BASE}/indicators").json()

    def software(self):
        return self.session.get(f"{BASE}/Software").json()

    def vulnerabilities(self):
        return self.session.get(f"{BASE}/Vulnerabilities").json()

    def recommendations(self):
        return self.session.get(f"{BASE}/recommendations").json()
