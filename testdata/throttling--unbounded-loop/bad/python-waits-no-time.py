import time

import requests


def alerts(headers):
    while True:
        answer = requests.get("https://api.securitycenter.microsoft.com/api/alerts", headers=headers, timeout=30)
# ~^ throttling/unbounded-loop "requests.get("https://api.securitycenter.microsoft.com/api/alerts", headers=headers, timeout=30)" warning
        if answer.status_code == 200:
            return answer.json()
        time.sleep(0)
