"""A window with a button for each machine."""
import requests

API = "https://api.securitycenter.microsoft.com/api/machines/"


def fill(window, machines, headers):
    for machine in machines:
        button = window.button(machine)
        button.clicked.connect(lambda _, m=machine: requests.get(API + m, headers=headers))
    for machine in machines:
        window.add(Button(text=machine, command=lambda m=machine: requests.get(API + m, headers=headers)))
