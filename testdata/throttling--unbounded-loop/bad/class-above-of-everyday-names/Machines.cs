public class Machines : ApiBase
{
    public async Task All(IEnumerable<string> ids)
    {
        foreach (var id in ids) Console.WriteLine(await Get($"machines/{id}"));
// ~^ throttling/unbounded-loop "Get($"machines/{id}")" warning
    }
}
