from defender.client import DefenderClient


async def collect(session, machine_ids):
    client = DefenderClient(session)
    return [await client.machine(machine_id) for machine_id in machine_ids]
