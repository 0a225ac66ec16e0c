public class Alerts
{
    private static readonly AsyncRateLimitPolicy Policy1 = Policy.RateLimitAsync(5, TimeSpan.FromSeconds(1));
    // ~^ throttling/rate-exceeds-limit "Policy.RateLimitAsync(5, TimeSpan.FromSeconds(1))" error
    private readonly HttpClient _client;

    public Task<string> Get(string id)
    {
        return Policy1.ExecuteAsync(() => _client.GetStringAsync("https://api.securitycenter.microsoft.com/api/alerts/" + id));
    }
}
