namespace Contoso.Defender;

public class MachineClient(HttpClient http)
{
    public async Task<List<string>> Scores(IEnumerable<string> ids)
    {
        var scores = new List<string>();
        foreach (var id in ids)
        {
            scores.Add(await http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}"));
        }

        return scores;
    }
}
