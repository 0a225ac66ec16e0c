import time
import requests


def pause(seconds=0.25):
    time.sleep(seconds)


def tag(ids, headers):
    for machine in ids:
        requests.post(
            "https://api.security.microsoft.com/api/machines/%s/tags" % machine,
            json={"Value": "lab", "Action": "Add"},
            headers=headers,
        )
        pause(0.2)
        # ~^ throttling/rate-exceeds-limit "pause(0.2)" error
