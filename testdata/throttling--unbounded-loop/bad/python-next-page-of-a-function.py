import requests


def answer_of(address, key):
    return requests.get(address, headers={"Authorization": f"Bearer {key}"}).json()


def all_machines(key):
    page = answer_of("https://api.securitycenter.microsoft.com/api/machines", key)
    machines = page["value"]
    while page.get("@odata.nextLink"):
        page = answer_of(page["@odata.nextLink"], key)
        # ~^ throttling/unbounded-loop "answer_of(page["@odata.nextLink"], key)" note
        machines += page.get("value")
    return machines
