using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

public sealed class Tagging
{
    private readonly HttpClient http = new();

    public async Task TagAsync(IReadOnlyList<string> ids, Func<HttpContent> tag)
    {
        foreach (var chunk in ids.Chunk(20))
        {
            await Task.WhenAll(chunk.Select(id =>
                http.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/tags", tag())));
            await Task.Delay(TimeSpan.FromSeconds(15));
        }
    }
}
