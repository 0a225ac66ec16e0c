namespace Contoso.Export;

public class Exporter(HttpClient http, IAsyncEnumerable<Machine> machines)
{
    private const string Api = "https://api.securitycenter.microsoft.com/api";

    public async Task Run(CancellationToken ct)
    {
        await foreach (var machine in machines)
        {
            var page = await http.GetFromJsonAsync<Page>($"{Api}/machines/{machine.Id}/vulnerabilities", ct);
            await Store(machine, page!.Value, ct);
            await Pacing.BetweenCallsAsync(ct);
        }
    }
}
