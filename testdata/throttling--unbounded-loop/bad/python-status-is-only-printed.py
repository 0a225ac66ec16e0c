import requests

def offboard(machines, headers):
    for machine in machines:
        response = requests.post(f"https://api.securitycenter.windows.com/api/machines/{machine}/offboard", headers=headers)
        # ~^ throttling/unbounded-loop "requests.post(f"https://api.securitycenter.windows.com/api/machines/{machine}/offboard", headers=headers)" warning
        if response.status_code == 429:
            print("too many requests for", machine)
