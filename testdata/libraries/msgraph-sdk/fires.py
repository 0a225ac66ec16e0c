from msgraph import GraphServiceClient

client = GraphServiceClient(credential, scopes)


async def hunt(body):
    while True:
        try:
            return await client.security.microsoft_graph_security_run_hunting_query.post(body)
        except Exception:
            continue
