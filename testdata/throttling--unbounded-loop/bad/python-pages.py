import requests

def all_alerts(headers):
    url = "https://api.securitycenter.microsoft.com/api/alerts"
    while url:
        page = requests.get(url, headers=headers).json()
        # ~^ throttling/unbounded-loop "requests.get(url, headers=headers)" note
        yield from page["value"]
        url = page.get("@odata.nextLink")
