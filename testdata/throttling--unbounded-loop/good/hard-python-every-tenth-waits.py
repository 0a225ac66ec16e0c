import time, requests

def read(ids):
    for n, machine in enumerate(ids):
        requests.get(f"https://api.security.microsoft.com/api/machines/{machine}")
        if n % 50 == 0:
            time.sleep(60)
