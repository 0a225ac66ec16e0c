import msal

SCOPES = ["https://api.securitycenter.microsoft.com/.default", "https://api.security.microsoft.com/.default"]

def tokens(app, tenants):
    for tenant in tenants:
        for scope in SCOPES:
            yield app.acquire_token_for_client(scopes=[scope], tenant=tenant)
