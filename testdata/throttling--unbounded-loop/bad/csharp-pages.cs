public class Alerts
{
    public async Task<List<Alert>> All(HttpClient http)
    {
        var found = new List<Alert>();
        string url = "https://api.securitycenter.microsoft.com/api/alerts";
        while (url != null)
        {
            var page = await http.GetFromJsonAsync<Page>(url);
            // ~^ throttling/unbounded-loop "http.GetFromJsonAsync<Page>(url)" note
            found.AddRange(page.Value);
            url = page.NextLink;
        }
        return found;
    }
}
