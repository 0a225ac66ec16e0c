import requests
from tenacity import Retrying, stop_after_attempt, wait_exponential

retrying = Retrying(stop=stop_after_attempt(5), wait=wait_exponential(max=60))


def fetch(url):
    answer = requests.get(url)
    answer.raise_for_status()
    return answer.json()


def export(machines):
    for machine in machines:
        retrying(fetch, f"https://api.security.microsoft.com/api/machines/{machine}/vulnerabilities")
