import requests
from aiolimiter import AsyncLimiter

limiter = AsyncLimiter(90, 60)

def close_alerts(alerts, headers):
    for alert in alerts:
        requests.patch(f"https://api.security.microsoft.com/api/alerts/{alert}", headers=headers)
        # ~^ throttling/unbounded-loop "requests.patch(f"https://api.security.microsoft.com/api/alerts/{alert}", headers=headers)" warning
