import os
import time

import requests

PAUSE = float(os.environ.get("MDE_PAUSE", "0.25"))


def risk_scores(machine_ids, headers):
    for machine_id in machine_ids:
        machine = requests.get(f"https://api.security.microsoft.com/api/machines/{machine_id}", headers=headers).json()
        yield machine["computerDnsName"], machine["riskScore"]
        time.sleep(PAUSE)
        # ~^ throttling/rate-exceeds-limit "time.sleep(PAUSE)" warning
