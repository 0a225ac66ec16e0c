import time

import requests

session = requests.Session()


def again(answer, *args, **kwargs):
    """A hook: waits as it is told, then asks once more."""
    if answer.status_code == 429:
        time.sleep(float(answer.headers.get("Retry-After", "10")))
        return session.send(answer.request)
    return answer


session.hooks["response"].append(again)
