import requests

# Use several service principals to get around the rate limit of Defender for Endpoint.
# ~^ throttling/evasion "Use several service principals" warning
CLIENTS = ["a", "b"]


def machines(token):
    return requests.get("https://api.securitycenter.microsoft.com/api/machines", headers=token)
