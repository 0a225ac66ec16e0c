import asyncio
import httpx

client = httpx.AsyncClient(base_url="https://nominatim.openstreetmap.org")


async def place(name):
    return (await client.get("/search", params={"q": name, "format": "json"})).json()


async def main(names):
    tasks = []
    for name in names:
        tasks.append(place(name))
# ~^ openstreetmap/unbounded-loop "place(name)" warning
    return await asyncio.gather(*tasks)
