from .client import IncidentClient


def main(numbers, token):
    client = IncidentClient(token)
    for number in numbers:
        print(client.incident(number))
# ~^ throttling/unbounded-loop "client.incident(number)" warning
