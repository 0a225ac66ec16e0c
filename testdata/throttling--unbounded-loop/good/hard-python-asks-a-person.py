import requests

while True:
    machine = input("machine: ")
    if not machine:
        break
    print(requests.get(f"https://api.security.microsoft.com/api/machines/{machine}").json())
