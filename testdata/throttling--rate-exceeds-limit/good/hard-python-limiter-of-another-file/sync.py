import requests

from limits import defender_limiter, inventory_limiter


def owner(name):
    inventory_limiter.try_acquire("inventory")
    return requests.get(f"https://inventory.example.net/hosts/{name}").json()["owner"]


def machine(machine_id, headers):
    defender_limiter.try_acquire("defender")
    return requests.get(f"https://api.security.microsoft.com/api/machines/{machine_id}", headers=headers).json()


def sync(ids, headers):
    for machine_id in ids:
        found = machine(machine_id, headers)
        print(found["computerDnsName"], owner(found["computerDnsName"]))
