"""Fetches the software inventory of many devices, a batch at a time."""
import asyncio

import aiohttp

ROOT = "https://api.security.microsoft.com/api"
BATCH = 60


async def inventory(session, machine_id):
    async with session.get(f"{ROOT}/machines/{machine_id}/software") as response:
        response.raise_for_status()
        return (await response.json())["value"]


async def inventories(machine_ids, token):
    collected = {}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        for start in range(0, len(machine_ids), BATCH):
            batch = machine_ids[start:start + BATCH]
            answers = await asyncio.gather(*(inventory(session, i) for i in batch))
            collected.update(zip(batch, answers))
            await asyncio.sleep(20)
            # ~^ throttling/rate-exceeds-limit "asyncio.sleep(20)" error
    return collected
