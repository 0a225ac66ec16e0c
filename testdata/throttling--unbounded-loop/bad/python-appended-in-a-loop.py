import requests

machines = []
for line in open("machines.txt"):
    machines.append(line.strip())

for machine in machines:
    requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}")
    # ~^ throttling/unbounded-loop "requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{machine}")" warning
