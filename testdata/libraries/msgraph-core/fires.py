from msgraph.core import GraphClient

client = GraphClient(credential=credential)


def hunt(query):
    while True:
        try:
            return client.post("/security/runHuntingQuery", json={"Query": query})
        except Exception:
            continue
