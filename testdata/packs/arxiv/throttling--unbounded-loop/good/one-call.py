import requests


def newest():
    return requests.get("https://export.arxiv.org/api/query?search_query=cat:cs.DL&max_results=1").text
