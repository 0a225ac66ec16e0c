using System.Net;
using System.Net.Http;
using Polly;

public class Report
{
    readonly HttpClient http = new();
    readonly IAsyncPolicy<HttpResponseMessage> policy = Policy
        .HandleResult<HttpResponseMessage>(r => r.StatusCode == HttpStatusCode.TooManyRequests)
        .WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(Math.Pow(2, n)));

    public Task<HttpResponseMessage> Issues() =>
        policy.ExecuteAsync(() => http.GetAsync("https://forge.example/api/issues"));

    public async Task Run(IEnumerable<string> ids)
    {
        foreach (var id in ids) await http.GetAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}");
        // ~^ throttling/unbounded-loop "http.GetAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}")" warning
    }
}
