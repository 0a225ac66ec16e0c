# A case of a pack: a file, or a folder that stands for a repository. What lies in `bad` has
# to be found by the rule that the folder is named for, what lies in `good` must not.
import time

import requests

while True:
    requests.get("https://api.acme.example/v1/gears")
    time.sleep(0.01)
