using Microsoft.Graph;

public class Hunter
{
    private readonly GraphServiceClient graph;

    public Hunter(GraphServiceClient graph) { this.graph = graph; }

    public async Task<object> Hunt(object body)
    {
        while (true)
        {
            try
            {
                return await graph.Security.MicrosoftGraphSecurityRunHuntingQuery.PostAsync(body);
            }
            catch (Exception)
            {
                continue;
            }
        }
    }
}
