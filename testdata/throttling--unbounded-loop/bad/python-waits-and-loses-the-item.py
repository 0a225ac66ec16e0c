import time

import requests

for machine in open("machines.txt"):
    answer = requests.get(f"https://api.security.microsoft.com/api/machines/{machine.strip()}")
    # ~^ throttling/unbounded-loop "requests.get(f"https://api.security.microsoft.com/api/machines/{machine.strip()}")" warning
    if answer.status_code == 429:
        time.sleep(60)
