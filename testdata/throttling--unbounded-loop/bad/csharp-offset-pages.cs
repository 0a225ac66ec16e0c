using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;

class Lister
{
    public async Task<List<Machine>> All(HttpClient client)
    {
        var all = new List<Machine>();
        var page = 0;
        while (true)
        {
            var some = await client.GetFromJsonAsync<Page>($"https://api.securitycenter.microsoft.com/api/machines?$top=500&$skip={page * 500}");
            // ~^ throttling/unbounded-loop "client.GetFromJsonAsync<Page>($"https://api.securitycenter.microsoft.com/api/machines?$top=500&$skip={page * 500}")" note
            if (some.Value.Count == 0) break;
            all.AddRange(some.Value);
            page++;
        }
        return all;
    }
}
