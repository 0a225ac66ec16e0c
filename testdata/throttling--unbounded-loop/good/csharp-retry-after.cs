public class Client
{
    private readonly HttpClient _http;

    public async Task<string> Get(string path)
    {
        while (true)
        {
            var response = await _http.GetAsync("https://api.security.microsoft.com/api/" + path);
            if (response.StatusCode != HttpStatusCode.TooManyRequests) return await response.Content.ReadAsStringAsync();
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(30));
        }
    }

    public async Task All(IEnumerable<string> ids)
    {
        foreach (var id in ids) await Get($"machines/{id}");
    }
}
