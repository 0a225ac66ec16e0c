import requests

BASE = "https://api.securitycenter.microsoft.com"


def machines(token):
    # Defender for Endpoint API quota: at most 6000 requests per hour.
    # ~^ throttling/docs-contradict "6000 requests per hour" error
    return requests.get(BASE + "/api/machines", headers={"Authorization": token})
