import requests
from consts import ALERTS_ENDPOINT

def close(alerts, headers):
    for alert in alerts:
        requests.patch(f"{ALERTS_ENDPOINT}/{alert}", headers=headers, json={"status": "Resolved"})
        # ~^ throttling/unbounded-loop "requests.patch(f"{ALERTS_ENDPOINT}/{alert}", headers=headers, json={"status": "Resolved"})" warning
