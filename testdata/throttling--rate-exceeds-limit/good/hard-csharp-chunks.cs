public class Isolation
{
    private readonly HttpClient _http;

    // Twenty-five at the same time, a quarter of a minute each.
    public async Task Isolate(IEnumerable<string> ids, HttpContent body, CancellationToken ct)
    {
        foreach (var chunk in ids.Chunk(25))
        {
            await Task.WhenAll(chunk.Select(id =>
                _http.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/isolate", body, ct)));
            await Task.Delay(TimeSpan.FromSeconds(15), ct);
        }
    }
}
