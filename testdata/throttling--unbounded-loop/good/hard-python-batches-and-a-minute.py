"""Calls a batch of devices, then rests for the minute that the limit counts by."""
import time

import requests


def batches(items, size):
    for start in range(0, len(items), size):
        yield items[start:start + size]


def tag_all(machine_ids, tag, headers):
    for batch in batches(machine_ids, 90):
        for machine_id in batch:
            requests.post(
                f"https://api.security.microsoft.com/api/machines/{machine_id}/tags",
                headers=headers,
                json={"Value": tag, "Action": "Add"},
                timeout=30,
            )
        time.sleep(60)
