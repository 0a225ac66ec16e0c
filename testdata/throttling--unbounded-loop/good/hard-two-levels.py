import enum

import requests


class Level(enum.Enum):
    HIGH = "High"
    LOW = "Low"


for level in Level:
    requests.get("https://api.security.microsoft.com/api/alerts", params={"severity": level.value})
