public static class Setup
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient<Client>().AddPolicyHandler(Policy.HandleResult<HttpResponseMessage>(r => (int)r.StatusCode == 429).WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(Math.Pow(2, n))));
    }
}

public class Client
{
    private readonly HttpClient _http;
    public async Task All(IEnumerable<string> ids)
    {
        foreach (var id in ids) await _http.GetAsync($"https://api.security.microsoft.com/api/machines/{id}");
    }
}
