import itertools
import requests


def machines(token):
    for page in itertools.count():
        batch = requests.get(
        # ~^ throttling/unbounded-loop "requests.get" note
            "https://api.securitycenter.microsoft.com/api/machines",
            params={"$top": 1000, "$skip": page * 1000},
            headers={"Authorization": token},
        ).json()["value"]
        if not batch:
            return
        yield from batch
