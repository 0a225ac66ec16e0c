using System.Net.Http;
using System.Threading.Tasks;

class Hunter
{
    private readonly HttpClient client = new HttpClient();

    public async Task<string> Run(HttpContent query)
    {
        while (true)
        {
            var reply = await client.PostAsync("https://api.security.microsoft.com/api/advancedqueries/run", query);
            // ~^ throttling/unbounded-loop "client.PostAsync("https://api.security.microsoft.com/api/advancedqueries/run", query)" warning
            if (reply.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            {
                continue;
            }
            return await reply.Content.ReadAsStringAsync();
        }
    }
}
