import time

import requests

# A page of a paper is no API.
for paper in open("papers.txt"):
    requests.get(f"https://arxiv.org/abs/{paper}")
    time.sleep(0.5)
