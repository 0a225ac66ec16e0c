import time
import requests

def get_json(url, headers):
    for _ in range(8):
        response = requests.get(url, headers=headers)
        if response.status_code != 429:
            return response.json()
        time.sleep(float(response.headers.get("Retry-After", 30)))
    raise RuntimeError("still throttled")
