import requests
from ratelimit import limits, sleep_and_retry

@sleep_and_retry
@limits(calls=500, period=60)
def reputation(ip):
    return requests.get(f"https://reputation.example/api/{ip}").json()

def alert(alert_id):
    return requests.get(f"https://api.securitycenter.microsoft.com/api/alerts/{alert_id}").json()
