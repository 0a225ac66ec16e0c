"""Reads alerts again and again."""
import time

import requests

BASE = "https://api.security.microsoft.com"
CALLS_PER_MINUTE = 200
PAUSE = 60 / CALLS_PER_MINUTE


def machine_alerts(session, machine_ids):
    for machine_id in machine_ids:
        response = session.get(f"{BASE}/api/machines/{machine_id}/alerts", timeout=30)
        yield response.json()
        time.sleep(PAUSE)
        # ~^ throttling/rate-exceeds-limit "time.sleep(PAUSE)" error
