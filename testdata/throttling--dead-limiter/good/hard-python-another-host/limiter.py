import time


class RateLimiter:
    def __init__(self, calls, period):
        self.calls = calls
        self.period = period
        self.sent = []

    def wait(self):
        now = time.monotonic()
        self.sent = [at for at in self.sent if now - at < self.period]
        if len(self.sent) >= self.calls:
            time.sleep(self.period - (now - self.sent[0]))
        self.sent.append(time.monotonic())
