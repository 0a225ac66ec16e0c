import threading
import time

import requests


class Bucket:
    """Fills by `rate` tokens a second, up to `capacity`."""

    def __init__(self, rate, capacity):
        self.rate = rate
        self.capacity = capacity
        self.tokens = capacity
        self.stamp = time.monotonic()
        self.lock = threading.Lock()

    def take(self):
        with self.lock:
            while True:
                now = time.monotonic()
                self.tokens = min(self.capacity, self.tokens + (now - self.stamp) * self.rate)
                self.stamp = now
                if self.tokens >= 1:
                    self.tokens -= 1
                    return
                time.sleep((1 - self.tokens) / self.rate)


bucket = Bucket(rate=90 / 60, capacity=10)


def machines(machine_ids, headers):
    for machine_id in machine_ids:
        bucket.take()
        response = requests.get(f"https://api.security.microsoft.com/api/machines/{machine_id}", headers=headers)
        response.raise_for_status()
        yield response.json()
