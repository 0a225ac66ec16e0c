import time

import requests


def software(machine_ids, headers):
    for machine_id in machine_ids:
        answer = requests.get(f"https://api.security.microsoft.com/api/machines/{machine_id}/software", headers=headers)
        # Mostly there is no such header, and nothing to wait for.
        time.sleep(float(answer.headers.get("Retry-After", 0.1)))
        yield answer.json()["value"]
