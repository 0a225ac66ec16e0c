"""Reads the software of all devices."""
import asyncio

import aiohttp

API = "https://api.security.microsoft.com"


async def software(session, gate, machine_id):
    async with gate:
        async with session.get(f"{API}/api/machines/{machine_id}/software") as response:
            return await response.json()


async def main(machine_ids, token):
    gate = asyncio.Semaphore(25)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        return await asyncio.gather(*(software(session, gate, i) for i in machine_ids))
        # ~^ throttling/unbounded-loop "software(session, gate, i)" warning
