import httpx


def logons(machine_ids, token):
    transport = httpx.HTTPTransport(retries=5)
    with httpx.Client(transport=transport, headers={"Authorization": token}) as client:
        for machine_id in machine_ids:
            answer = client.get(f"https://api.security.microsoft.com/api/machines/{machine_id}/logonusers")
            # ~^ throttling/unbounded-loop "client.get(f"https://api.security.microsoft.com/api/machines/{machine_id}/logonusers")" warning
            answer.raise_for_status()
            yield machine_id, answer.json()["value"]
