from client import DefenderClient

def users(machines, token):
    client = DefenderClient("https://api.security.microsoft.com", token)
    for machine in machines:
        yield client.machine_users(machine)
        # ~^ throttling/unbounded-loop "client.machine_users(machine)" warning
