import requests

for topic in open("topics.txt"):
    requests.get("https://papers.harbour.example/api/query", params={"search_query": topic})
