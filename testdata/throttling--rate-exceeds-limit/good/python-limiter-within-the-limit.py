import requests
from ratelimit import limits, sleep_and_retry

@sleep_and_retry
@limits(calls=90, period=60)
def get(path):
    return requests.get("https://api.securitycenter.microsoft.com/api/" + path)
