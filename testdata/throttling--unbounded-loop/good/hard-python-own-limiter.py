import time
import requests

class Throttle:
    def __init__(self, per_minute):
        self.interval = 60 / per_minute
        self.last = 0.0

    def hold(self):
        ahead = self.last + self.interval - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        self.last = time.monotonic()

throttle = Throttle(90)

def every(ids):
    for i in ids:
        throttle.hold()
        requests.get(f"https://api.security.microsoft.com/api/machines/{i}")
