using System.Net.Http.Json;

public class Machines
{
    readonly HttpClient http = new();

    public async IAsyncEnumerable<Machine> All()
    {
        var skip = 0;
        while (true)
        {
            var page = await http.GetFromJsonAsync<Page>($"https://api.securitycenter.microsoft.com/api/machines?$skip={skip}");
            // ~^ throttling/unbounded-loop "http.GetFromJsonAsync<Page>($"https://api.securitycenter.microsoft.com/api/machines?$skip={skip}")" note
            if (page is null || page.Value.Count == 0) yield break;
            foreach (var machine in page.Value) yield return machine;
            skip += page.Value.Count;
        }
    }
}
