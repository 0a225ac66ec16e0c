namespace Contoso.Defender;

public class AlertSync(HttpClient http)
{
    public async Task Assign(IEnumerable<string> alerts, HttpContent body)
    {
        foreach (var id in alerts)
        {
            await http.PatchAsync($"https://api.securitycenter.microsoft.com/api/alerts/{id}", body);
            // ~^ throttling/unbounded-loop "http.PatchAsync($"https://api.securitycenter.microsoft.com/api/alerts/{id}", body)" warning
        }
    }
}
