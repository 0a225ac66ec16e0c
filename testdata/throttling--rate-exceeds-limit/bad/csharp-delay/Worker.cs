using System.Net.Http;

public class Tagger
{
    private const string BaseUrl = "https://api.securitycenter.microsoft.com/api";
    private readonly HttpClient _http = new HttpClient();

    public async Task TagAll(IEnumerable<string> machines, HttpContent body)
    {
        foreach (var machine in machines)
        {
            await _http.PostAsync($"{BaseUrl}/machines/{machine}/tags", body);
            await Task.Delay(250);
            // ~^ throttling/rate-exceeds-limit "Task.Delay(250)" error
        }
    }
}
