public class Fleet
{
    private const string Api = "https://api.security.microsoft.com/api";
    private readonly HttpClient _http;

    public async Task<string[]> Details(IEnumerable<string> ids)
    {
        var tasks = ids.Select(id => _http.GetStringAsync($"{Api}/machines/{id}"));
        // ~^ throttling/unbounded-loop "_http.GetStringAsync($"{Api}/machines/{id}")" warning
        return await Task.WhenAll(tasks);
    }
}
