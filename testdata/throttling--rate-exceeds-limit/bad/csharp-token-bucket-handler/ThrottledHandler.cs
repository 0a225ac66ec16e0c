using System.Threading.RateLimiting;

namespace Contoso.Soc;

public sealed class ThrottledHandler : DelegatingHandler
{
    private readonly TokenBucketRateLimiter _bucket = new(new TokenBucketRateLimiterOptions
    // ~^ throttling/rate-exceeds-limit "new" error
    {
        TokenLimit = 40,
        TokensPerPeriod = 4,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = int.MaxValue,
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var lease = await _bucket.AcquireAsync(1, ct);
        return await base.SendAsync(request, ct);
    }
}

public sealed class Machines
{
    private readonly HttpClient _http = new(new ThrottledHandler { InnerHandler = new HttpClientHandler() });

    public async IAsyncEnumerable<string> LogonUsers(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            yield return await _http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/logonusers");
        }
    }
}
