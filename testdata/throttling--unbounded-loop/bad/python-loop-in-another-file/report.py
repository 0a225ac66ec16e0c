from client import DefenderClient

def report(ids):
    client = DefenderClient()
    for machine in ids:
        print(client.machine_details(machine))
        # ~^ throttling/unbounded-loop "client.machine_details(machine)" warning
