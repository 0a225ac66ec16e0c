"""Collects the alerts of all customers; each has an application and a limit of its own."""
import msal
import requests

SCOPE = ["https://api.securitycenter.microsoft.com/.default"]


def token(tenant):
    app = msal.ConfidentialClientApplication(
        tenant["client_id"],
        authority=f"https://login.microsoftonline.com/{tenant['id']}",
        client_credential=tenant["secret"],
    )
    return app.acquire_token_for_client(SCOPE)["access_token"]


def collect(tenants):
    for tenant in tenants:
        response = requests.get(
            "https://api.security.microsoft.com/api/alerts",
            headers={"Authorization": f"Bearer {token(tenant)}"},
            timeout=60,
        )
        yield tenant["name"], response.json()["value"]
