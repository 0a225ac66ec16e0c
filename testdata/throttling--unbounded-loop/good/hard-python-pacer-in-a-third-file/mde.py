import requests

from pacing import Pacer


class Mde:
    def __init__(self, token):
        self.root = "https://api.security.microsoft.com/api"
        self.pacer = Pacer(per_minute=90)
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, path):
        self.pacer.hold()
        response = self.session.get(self.root + path, timeout=30)
        response.raise_for_status()
        return response.json()
