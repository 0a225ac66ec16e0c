from concurrent.futures import ThreadPoolExecutor
import requests

def isolate(machine):
    return requests.post(f"https://api.security.microsoft.com/api/machines/{machine}/isolate")

def isolate_all(machines):
    with ThreadPoolExecutor(max_workers=16) as pool:
        return list(pool.map(isolate, machines))
        # ~^ throttling/unbounded-loop "isolate" warning
