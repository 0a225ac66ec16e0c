namespace Contoso.Defender;

public interface IDefenderClient
{
    Task<RecommendationList?> GetRecommendationsAsync(string machineId, CancellationToken ct);
}

public class DefenderClient : IDefenderClient
{
    private readonly HttpClient _http;

    public DefenderClient(HttpClient http) => _http = http;

    public async Task<RecommendationList?> GetRecommendationsAsync(string machineId, CancellationToken ct)
    {
        using var response = await _http.GetAsync($"api/machines/{machineId}/recommendations", ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<RecommendationList>(ct);
    }
}
