using System;
using System.Net.Http;
using System.Threading.Tasks;

class Archive
{
    private readonly HttpClient client = new HttpClient();

    private async Task<string> Call(string path)
    {
        var left = 3;
        while (true)
        {
            try
            {
                var reply = await client.GetAsync("https://api.securitycenter.microsoft.com/api/" + path);
                reply.EnsureSuccessStatusCode();
                return await reply.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException) when (left-- > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(30));
            }
        }
    }

    public async Task Run(string[] machines)
    {
        foreach (var machine in machines)
        {
            Console.WriteLine(await Call($"machines/{machine}"));
        }
    }
}
