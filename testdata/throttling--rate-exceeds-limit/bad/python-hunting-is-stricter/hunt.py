import time
import requests

URL = "https://api.securitycenter.microsoft.com/api/advancedqueries/run"

def run_all(queries, headers):
    results = []
    for query in queries:
        # A second a query keeps the default limit, not the one of this endpoint.
        results.append(requests.post(URL, json={"Query": query}, headers=headers).json())
        time.sleep(1)
        # ~^ throttling/rate-exceeds-limit "time.sleep(1)" error
    return results
