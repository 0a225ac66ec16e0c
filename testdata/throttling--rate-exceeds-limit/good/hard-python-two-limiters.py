import requests
from ratelimit import limits, sleep_and_retry

# The burst is wide, the sustained rate is what counts.
@sleep_and_retry
@limits(calls=10, period=1)
@limits(calls=1500, period=3600)
def get(path):
    return requests.get("https://api.securitycenter.microsoft.com/api/" + path)
