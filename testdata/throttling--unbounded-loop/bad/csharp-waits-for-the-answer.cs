using System.Net.Http;

class Export
{
    static void Run(HttpClient client, string[] machines)
    {
        foreach (var machine in machines)
        {
            client.GetAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}").Wait();
            // ~^ throttling/unbounded-loop "client.GetAsync($"https://api.securitycenter.microsoft.com/api/machines/{machine}")" warning
        }
    }
}
