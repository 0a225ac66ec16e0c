public class Poller
{
    public async Task Run(HttpClient http)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        while (await timer.WaitForNextTickAsync())
        {
            await http.GetStringAsync("https://api.security.microsoft.com/api/alerts");
        }
    }
}
