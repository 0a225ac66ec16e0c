import asyncio
import httpx

API = "https://api.security.microsoft.com/api"

async def details(client, machine):
    response = await client.get(f"{API}/machines/{machine}")
    return response.json()

async def everything(machines):
    async with httpx.AsyncClient() as client:
        tasks = [details(client, machine) for machine in machines]
        # ~^ throttling/unbounded-loop "details(client, machine)" warning
        return await asyncio.gather(*tasks)
