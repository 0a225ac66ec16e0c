public class TagClient
{
    private readonly HttpClient _http;

    public TagClient(HttpClient http)
    {
        _http = http;
    }

    public async Task TagAsync(IEnumerable<string> machines)
    {
        foreach (var machine in machines)
        {
            var answer = await _http.PostAsJsonAsync($"api/machines/{machine}/tags", new { Value = "pier", Action = "Add" });
// ~^ licence/missing "_http.PostAsJsonAsync($"api/machines/{machine}/tags", new { Value = "pier", Action = "Add" })" warning
// ~^ throttling/unbounded-loop "_http.PostAsJsonAsync($"api/machines/{machine}/tags", new { Value = "pier", Action = "Add" })" warning
            answer.EnsureSuccessStatusCode();
        }
    }
}
