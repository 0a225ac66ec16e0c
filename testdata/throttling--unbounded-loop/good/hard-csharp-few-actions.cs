public static class Drill
{
    private static readonly string[] Machines = { "aa", "bb", "cc" };

    public static async Task Run(HttpClient http, HttpContent body)
    {
        foreach (var id in Machines)
        {
            await http.PostAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}/runAntiVirusScan", body);
        }

        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var response = await http.GetAsync("https://api.securitycenter.microsoft.com/api/machineactions");
            if (response.IsSuccessStatusCode) return;
        }
    }
}
