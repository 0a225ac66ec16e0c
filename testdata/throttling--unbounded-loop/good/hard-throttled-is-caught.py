import time

import requests


class Throttled(Exception):
    pass


def software(machine, headers):
    answer = requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}/software", headers=headers, timeout=30)
    if answer.status_code == 429:
        raise Throttled("429 Too Many Requests")
    return answer.json()


def report(machines, headers):
    for machine in machines:
        while True:
            try:
                print(software(machine, headers))
                break
            except Throttled:
                time.sleep(60)
