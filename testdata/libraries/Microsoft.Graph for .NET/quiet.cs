using Microsoft.Graph;

public class Hunter
{
    private readonly GraphServiceClient graph;

    public Hunter(GraphServiceClient graph) { this.graph = graph; }

    public async Task Hunt(IEnumerable<object> bodies)
    {
        foreach (var body in bodies)
        {
            await graph.Security.MicrosoftGraphSecurityRunHuntingQuery.PostAsync(body);
        }
    }
}
