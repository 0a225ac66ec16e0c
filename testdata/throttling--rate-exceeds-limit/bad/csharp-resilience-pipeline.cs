using System.Threading.RateLimiting;
using Polly;

public sealed class SoftwareClient
{
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline =
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRateLimiter(new SlidingWindowRateLimiter(new()
            // ~^ throttling/rate-exceeds-limit "SlidingWindowRateLimiter" error
            {
                PermitLimit = 20,
                Window = TimeSpan.FromSeconds(5),
                SegmentsPerWindow = 5,
            }))
            .Build();

    public SoftwareClient(HttpClient http) => _http = http;

    public async Task<string> GetAsync(string machineId, CancellationToken ct)
    {
        using var response = await _pipeline.ExecuteAsync(
            async token => await _http.GetAsync($"https://api.securitycenter.microsoft.com/api/machines/{machineId}/software", token), ct);
        return await response.Content.ReadAsStringAsync(ct);
    }
}
