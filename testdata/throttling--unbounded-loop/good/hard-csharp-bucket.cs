using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;

/// <summary>Fills by one and a half tokens a second.</summary>
public sealed class Bucket
{
    private double tokens = 10;
    private DateTime last = DateTime.UtcNow;

    public async Task TakeAsync()
    {
        while (true)
        {
            var now = DateTime.UtcNow;
            tokens = Math.Min(10, tokens + (now - last).TotalSeconds * 1.5);
            last = now;
            if (tokens >= 1)
            {
                tokens -= 1;
                return;
            }
            await Task.Delay(50);
        }
    }
}

public sealed class Exporter
{
    private readonly Bucket bucket = new();
    private readonly HttpClient http = new();

    public async Task<List<string>> MachinesAsync(IEnumerable<string> ids)
    {
        var found = new List<string>();
        foreach (var id in ids)
        {
            await bucket.TakeAsync();
            found.Add(await http.GetStringAsync($"https://api.security.microsoft.com/api/machines/{id}"));
        }
        return found;
    }
}
