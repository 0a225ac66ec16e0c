import asyncio

import aiohttp
from aiolimiter import AsyncLimiter

API = "https://eu.api.security.microsoft.com/api"
limiter = AsyncLimiter(10, 1)
# ~^ throttling/rate-exceeds-limit "AsyncLimiter(10, 1)" error


async def fetch(session, machine_id):
    async with limiter:
        async with session.get(API + "/machines/" + machine_id) as response:
            return await response.json()


async def main(ids):
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*(fetch(session, i) for i in ids))
