public class Offboarder
{
    private readonly HttpClient _client;

    private async Task Send(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri("https://api.securitycenter.windows.com/api/" + path));
        await _client.SendAsync(request);
    }

    public async Task Offboard(List<Machine> machines)
    {
        foreach (var machine in machines)
        {
            await Send(HttpMethod.Post, $"machines/{machine.Id}/offboard");
            // ~^ throttling/unbounded-loop "Send(HttpMethod.Post, $"machines/{machine.Id}/offboard")" warning
        }
    }
}
