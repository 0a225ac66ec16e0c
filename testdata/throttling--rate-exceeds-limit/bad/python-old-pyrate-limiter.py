import requests
from pyrate_limiter import Duration, Limiter, RequestRate

rate = RequestRate(150, Duration.MINUTE)
# ~^ throttling/rate-exceeds-limit "RequestRate(150, Duration.MINUTE)" error
limiter = Limiter(rate)


@limiter.ratelimit("defender", delay=True)
def alert(alert_id, headers):
    url = "https://api.securitycenter.microsoft.com/api/alerts/" + alert_id
    return requests.get(url, headers=headers, timeout=60).json()


def alerts(ids, headers):
    return [alert(alert_id, headers) for alert_id in ids]
