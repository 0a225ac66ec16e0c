import asyncio


async def devices(session, ids):
    return await asyncio.gather(*[session.get(f"https://security.microsoft.com/apiproxy/mtp/devices/{i}") for i in ids])
    # ~^ throttling/unbounded-fan-out "session.get(f"https://security.microsoft.com/apiproxy/mtp/devices/{i}")" warning
