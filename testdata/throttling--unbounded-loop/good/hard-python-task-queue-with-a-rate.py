from celery import Celery
import requests

app = Celery("defender", broker="redis://localhost")


@app.task(rate_limit="60/m")
def machine(machine_id):
    return requests.get(f"https://api.security.microsoft.com/api/machines/{machine_id}").json()


def refresh(machine_ids):
    for machine_id in machine_ids:
        machine.delay(machine_id)
