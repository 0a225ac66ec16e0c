import requests

for topic in open("topics.txt"):
    requests.get("https://export.arxiv.org/api/query", params={"search_query": topic})
