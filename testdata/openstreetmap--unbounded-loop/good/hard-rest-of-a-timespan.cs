using System;
using System.Net.Http;
using System.Threading.Tasks;

class Piers
{
    private readonly HttpClient http = new HttpClient();
    private readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private DateTime asked = DateTime.MinValue;

    public async Task<string> Find(string pier)
    {
        var since = DateTime.UtcNow - asked;
        if (since < pause)
        {
            var rest = pause - since;
            await Task.Delay(rest);
        }
        asked = DateTime.UtcNow;
        return await http.GetStringAsync($"https://nominatim.openstreetmap.org/search?format=jsonv2&q={pier}");
    }

    public async Task FindAll(string[] piers)
    {
        foreach (var pier in piers) await Find(pier);
    }
}
