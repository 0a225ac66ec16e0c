import time, requests

def poll(ids, settings):
    for i in ids:
        requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{i}")
        time.sleep(settings.pause)
