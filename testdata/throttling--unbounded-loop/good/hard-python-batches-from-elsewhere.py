import asyncio

from more_itertools import divide


async def scan(session, machine_id):
    url = "https://api.securitycenter.microsoft.com/api/machines/{}/runAntiVirusScan".format(machine_id)
    async with session.post(url, json={"Comment": "weekly", "ScanType": "Quick"}) as response:
        return response.status


async def scan_all(session, groups):
    # How many are in a group is for the caller to say.
    for group in groups:
        print(await asyncio.gather(*[scan(session, machine_id) for machine_id in group]))
        await asyncio.sleep(60)
