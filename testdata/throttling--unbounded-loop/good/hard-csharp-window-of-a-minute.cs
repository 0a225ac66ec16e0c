using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Http;
using System.Threading.Tasks;

public sealed class DefenderClient
{
    private readonly HttpClient http = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int sent;

    private async Task<string> SendAsync(string path)
    {
        if (sent >= 100)
        {
            var left = TimeSpan.FromMinutes(1) - watch.Elapsed;
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left);
            }
            sent = 0;
            watch.Restart();
        }
        sent++;
        return await http.GetStringAsync("https://api.security.microsoft.com/api" + path);
    }

    public async Task SoftwareAsync(IEnumerable<string> ids, Func<string, Task> store)
    {
        foreach (var id in ids)
        {
            await store(await SendAsync($"/machines/{id}/software"));
        }
    }
}
