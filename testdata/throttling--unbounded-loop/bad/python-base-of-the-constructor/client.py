import requests

class DefenderClient:
    def __init__(self, base, token):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def machine_users(self, machine):
        return self.session.get(f"{self.base}/api/machines/{machine}/logonusers").json()
