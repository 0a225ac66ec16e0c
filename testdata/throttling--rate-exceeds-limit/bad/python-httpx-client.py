"""Copies the alerts of every device into a queue."""
import asyncio
import os

import httpx


async def forward(device_ids, queue):
    # Connects again when a connection fails; an answer is an answer, 429 or not.
    transport = httpx.AsyncHTTPTransport(retries=3)
    async with httpx.AsyncClient(
        base_url="https://api.security.microsoft.com/api",
        headers={"Authorization": f"Bearer {os.environ['MDE_TOKEN']}"},
        transport=transport,
        timeout=30,
    ) as client:
        for device_id in device_ids:
            answer = await client.get(f"/machines/{device_id}/alerts")
            answer.raise_for_status()
            await queue.put(answer.json()["value"])
            await asyncio.sleep(0.25)
            # ~^ throttling/rate-exceeds-limit "asyncio.sleep(0.25)" error
