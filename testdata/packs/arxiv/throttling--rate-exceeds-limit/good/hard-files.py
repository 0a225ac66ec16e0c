import time

import requests

for paper in open("papers.txt"):
    requests.get(f"https://export.arxiv.org/pdf/{paper}")
    time.sleep(0.5)
