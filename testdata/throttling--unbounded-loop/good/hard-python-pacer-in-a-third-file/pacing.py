import threading
import time


class Pacer:
    def __init__(self, per_minute):
        self.gap = 60.0 / per_minute
        self.lock = threading.Lock()
        self.due = 0.0

    def hold(self):
        with self.lock:
            now = time.monotonic()
            if now < self.due:
                time.sleep(self.due - now)
            self.due = max(now, self.due) + self.gap
