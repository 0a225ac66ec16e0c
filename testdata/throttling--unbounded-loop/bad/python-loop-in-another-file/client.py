import requests

class DefenderClient:
    base = "https://api.security.microsoft.com/api"

    def machine_details(self, machine_id):
        return requests.get(f"{self.base}/machines/{machine_id}").json()
