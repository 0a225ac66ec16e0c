import threading

import requests

lock = threading.Lock()


class Investigation:
    """Opens on entering, closes on leaving."""

    def __init__(self, machine_id, headers):
        self.url = f"https://api.security.microsoft.com/api/machines/{machine_id}/startInvestigation"
        self.headers = headers

    def __enter__(self):
        self.id = requests.post(self.url, headers=self.headers, json={"Comment": "started by playbook"}).json()["id"]
        return self

    def __exit__(self, *exc):
        return False


def note(lines, log):
    for line in lines:
        with lock:
            log.append(line)
