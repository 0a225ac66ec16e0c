import requests
from tenacity import retry, stop_after_attempt, wait_exponential

@retry(wait=wait_exponential(max=60), stop=stop_after_attempt(8))
def get(path):
    response = requests.get("https://api.security.microsoft.com/api/" + path)
    response.raise_for_status()
    return response.json()

def all_of(ids):
    return [get(f"machines/{i}") for i in ids]
