from .limits import api_limiter


class DefenderClient:
    base = "https://api.security.microsoft.com/api"

    def __init__(self, session):
        self.session = session

    async def machine(self, machine_id):
        async with api_limiter:
            async with self.session.get(f"{self.base}/machines/{machine_id}") as response:
                response.raise_for_status()
                return await response.json()
