using System.Threading.RateLimiting;

public sealed class Indicators
{
    private static readonly TokenBucketRateLimiter Bucket = new(new()
    {
        TokenLimit = 5,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(700),
    });

    public async Task Submit(HttpClient http, IEnumerable<Indicator> indicators)
    {
        foreach (var indicator in indicators)
        {
            using var lease = await Bucket.AcquireAsync();
            await http.PostAsJsonAsync("https://api.securitycenter.microsoft.com/api/indicators", indicator);
        }
    }
}
