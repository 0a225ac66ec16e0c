from .http import get_json

BASE = "https://api.security.microsoft.com/api"

def vulnerabilities(ids, headers):
    for i in ids:
        yield get_json(f"{BASE}/machines/{i}/vulnerabilities", headers)
