public class Exposure
{
    private readonly IHttpClientFactory _factory;

    public Exposure(IHttpClientFactory factory) => _factory = factory;

    public async Task Read(IEnumerable<string> ids)
    {
        var client = _factory.CreateClient("DefenderApi");
        foreach (var id in ids)
        {
            var text = await client.GetStringAsync($"machines/{id}/software");
            // ~^ throttling/unbounded-loop "client.GetStringAsync($"machines/{id}/software")" warning
            await File.WriteAllTextAsync($"{id}.json", text);
        }
    }
}
