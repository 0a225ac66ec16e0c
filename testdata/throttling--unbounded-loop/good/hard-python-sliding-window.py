import time
from collections import deque

import requests


class Window:
    """Lets at most `calls` through in `seconds`, and holds up the rest."""

    def __init__(self, calls=40, seconds=60):
        self.calls, self.seconds = calls, seconds
        self.stamps = deque()

    def __enter__(self):
        now = time.monotonic()
        while self.stamps and now - self.stamps[0] > self.seconds:
            self.stamps.popleft()
        if len(self.stamps) >= self.calls:
            time.sleep(self.seconds - (now - self.stamps[0]))
        self.stamps.append(time.monotonic())

    def __exit__(self, *exc):
        return False


window = Window()


def hunt(queries, headers):
    for query in queries:
        with window:
            answer = requests.post(
                "https://api.security.microsoft.com/api/advancedhunting/run",
                headers=headers,
                json={"Query": query},
            )
        yield answer.json()["Results"]
