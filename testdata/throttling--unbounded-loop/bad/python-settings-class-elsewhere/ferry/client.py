import httpx

from .settings import settings


class IncidentClient:
    def __init__(self, token):
        self.http = httpx.Client(base_url=settings.defender_base_url, headers={"Authorization": token})

    def incident(self, number):
        return self.http.get(f"/api/incidents/{number}").json()
