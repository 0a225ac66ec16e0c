using System.Net.Http;
using System.Threading.Tasks;

class Tagger
{
    private readonly HttpClient client = new HttpClient();

    public async Task Run(string[] machines)
    {
        foreach (var machine in machines)
        {
            var tagged = await client.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}/tags", null);
            if ((int)tagged.StatusCode == 429)
            {
                await Task.Delay(tagged.Headers.RetryAfter.Delta.Value);
                tagged = await client.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}/tags", null);
            }
            var isolated = await client.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}/isolate", null);
            // ~^ throttling/unbounded-loop "client.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}/isolate", null)" warning
        }
    }
}
