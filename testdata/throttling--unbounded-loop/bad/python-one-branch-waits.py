import time, requests

def hunt(queries, headers):
    for query in queries:
        rows = requests.post("https://api.security.microsoft.com/api/advancedhunting/run", json=query, headers=headers).json()
        # ~^ throttling/unbounded-loop "requests.post("https://api.security.microsoft.com/api/advancedhunting/run", json=query, headers=headers)" warning
        if not rows["Results"]:
            time.sleep(4)
        else:
            store(rows)
