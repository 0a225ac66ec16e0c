using System.Net.Http;
using System.Threading.Tasks;

class Puller
{
    readonly HttpClient h = new();

    async Task<string> Load(string address)
    {
        var answer = await h.GetAsync(address);
        if ((int)answer.StatusCode == 429) throw new System.InvalidOperationException("throttled");
        return await answer.Content.ReadAsStringAsync();
    }

    async Task Run(string[] machines)
    {
        foreach (var machine in machines) await Load($"https://api.security.microsoft.com/api/machines/{machine}");
        // ~^ throttling/unbounded-loop "Load($"https://api.security.microsoft.com/api/machines/{machine}")" warning
    }
}
