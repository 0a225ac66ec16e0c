using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

public sealed class Inventory
{
    private const int Batch = 50;
    private readonly HttpClient http = new();

    public async Task<List<string>> SoftwareAsync(List<string> ids)
    {
        var found = new List<string>();
        for (var i = 0; i < ids.Count; i += Batch)
        {
            var batch = ids.Skip(i).Take(Batch);
            found.AddRange(await Task.WhenAll(
                batch.Select(id => http.GetStringAsync($"https://api.security.microsoft.com/api/machines/{id}/software"))));
            await Task.Delay(10_000);
            // ~^ throttling/rate-exceeds-limit "Task.Delay(10_000)" error
        }
        return found;
    }
}
