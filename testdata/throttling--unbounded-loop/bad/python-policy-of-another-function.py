import requests
from tenacity import Retrying, retry, stop_after_attempt, wait_exponential

retrying = Retrying(stop=stop_after_attempt(5), wait=wait_exponential(max=60))


@retry(stop=stop_after_attempt(5), wait=wait_exponential(max=60))
def token():
    return requests.post("https://login.harbour.example/token").json()


head = {"Authorization": retrying(requests.post, "https://login.harbour.example/session").text}
for machine in open("machines.txt"):
    requests.get(f"https://api.security.microsoft.com/api/machines/{machine}/vulnerabilities", headers=head)
# ~^ throttling/unbounded-loop "requests.get(f"https://api.security.microsoft.com/api/machines/{machine}/vulnerabilities", headers=head)" warning
