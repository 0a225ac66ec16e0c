import asyncio

import httpx


async def load(client, machine):
    await asyncio.sleep(0.9)
    return await client.get(f"https://api.security.microsoft.com/api/machines/{machine}")


async def main(machines):
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*[load(client, machine) for machine in machines])
        # ~^ throttling/unbounded-loop "load(client, machine)" warning
