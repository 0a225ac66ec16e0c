import requests


def call(path):
    for _ in range(5):
        reply = requests.get(f"https://api.securitycenter.microsoft.com/api/{path}")
        if reply.status_code == 429:
            continue
        return reply.json()


def archive(machines):
    for machine in machines:
        print(call(f"machines/{machine}"))
        # ~^ throttling/unbounded-loop "call(f"machines/{machine}")" warning
