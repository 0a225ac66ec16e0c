from msgraph.core import GraphClient

client = GraphClient(credential=credential)


def hunt(queries):
    for query in queries:
        client.post("/security/runHuntingQuery", json={"Query": query})
