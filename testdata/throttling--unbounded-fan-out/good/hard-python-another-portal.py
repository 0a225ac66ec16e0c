import asyncio


async def devices(session, ids):
    return await asyncio.gather(*[session.get(f"https://portal.inventory.example/apiproxy/devices/{i}") for i in ids])
