using System.Threading.RateLimiting;

public class DefenderClient
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri("https://api.security.microsoft.com") };
    private readonly RateLimiter _limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = 200, Window = TimeSpan.FromMinutes(1) });
    // ~^ throttling/rate-exceeds-limit "new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = 200, Window = TimeSpan.FromMinutes(1) })" error

    public async Task<string> GetMachine(string id)
    {
        using var lease = await _limiter.AcquireAsync();
        return await _http.GetStringAsync($"https://api.security.microsoft.com/api/machines/{id}");
    }
}
