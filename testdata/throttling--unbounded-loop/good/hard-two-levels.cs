enum Level { High, Low }

class Alerts
{
    public async Task Read(HttpClient http)
    {
        foreach (var level in Enum.GetValues<Level>())
        {
            await http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/alerts?severity={level}");
        }
    }
}
