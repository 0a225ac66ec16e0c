namespace Contoso.Sync;

public class Sync(HttpClient http, Throttler throttler)
{
    public async Task Run(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            await throttler.WaitForTurnAsync(TimeSpan.FromMilliseconds(650));
            await Save(await http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/software"));
        }
    }
}
