from msgraph import GraphServiceClient

client = GraphServiceClient(credential, scopes)


# The SDK waits after 429, as Retry-After says.
async def hunt(bodies):
    for body in bodies:
        await client.security.microsoft_graph_security_run_hunting_query.post(body)
