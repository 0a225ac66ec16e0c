import time
import urllib.request

for topic in open("topics.txt"):
    urllib.request.urlopen("http://export.arxiv.org/api/query?search_query=all:" + topic).read()
    time.sleep(1)
