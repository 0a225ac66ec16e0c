public static class Setup
{
    public static void AddDefender(this IServiceCollection services) =>
        services.AddHttpClient<Vulnerabilities>(http => http.BaseAddress = new Uri("https://api.securitycenter.microsoft.com/"))
            .AddStandardResilienceHandler(options => options.Retry.MaxRetryAttempts = 6);
}

public class Vulnerabilities(HttpClient http)
{
    public async Task Export(IEnumerable<string> machines)
    {
        foreach (var id in machines)
        {
            await Store(await http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/vulnerabilities"));
        }
    }
}
