import requests

answer = requests.get("https://api.securitycenter.microsoft.com/api/machines", headers=h).json()
machines = answer["value"]
while "@odata.nextLink" in answer:
    answer = requests.get(answer["@odata.nextLink"], headers=h).json()
    # ~^ throttling/unbounded-loop "requests.get(answer["@odata.nextLink"], headers=h)" note
    machines += answer["value"]
