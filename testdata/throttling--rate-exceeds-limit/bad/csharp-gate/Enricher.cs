namespace Contoso.Soc;

public class Enricher
{
    private readonly SemaphoreSlim _gate = new(10);
    private readonly HttpClient _http;

    public Enricher(HttpClient http) => _http = http;

    public Task<string[]> Run(IReadOnlyList<string> files) => Task.WhenAll(files.Select(async sha1 =>
    {
        await _gate.WaitAsync();
        try
        {
            var body = await _http.GetStringAsync("https://api.securitycenter.microsoft.com/api/files/" + sha1);
            await Task.Delay(TimeSpan.FromSeconds(2));
            // ~^ throttling/rate-exceeds-limit "Task.Delay(TimeSpan.FromSeconds(2))" error
            return body;
        }
        finally
        {
            _gate.Release();
        }
    }));
}
