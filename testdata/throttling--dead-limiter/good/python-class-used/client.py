import requests

from limiter import RateLimiter

BASE = "https://api.security.microsoft.com/api"


class Client:
    def __init__(self, token):
        self.limiter = RateLimiter(90, 60)
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def alerts(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/alerts").json()

    def machines(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/machines").json()

    def indicators(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/indicators").json()

    def software(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/Software").json()

    def vulnerabilities(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/Vulnerabilities").json()

    def recommendations(self):
        self.limiter.wait()
        return self.session.get(f"{BASE}/recommendations").json()
