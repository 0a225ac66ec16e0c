import asyncio

gate = asyncio.Semaphore(4)


async def device(session, i):
    async with gate:
        async with session.get(f"https://security.microsoft.com/apiproxy/mtp/devices/{i}") as answer:
            return await answer.json()


async def devices(session, ids):
    return await asyncio.gather(*[device(session, i) for i in ids])
