using System.Net.Http;

public class HarbourCommand
{
    protected HttpClient client = new HttpClient();

    public string CallApi(string path, HttpMethod method)
    {
        var request = new HttpRequestMessage(method, "https://api.securitycenter.microsoft.com/api/" + path);
        return client.SendAsync(request).GetAwaiter().GetResult().Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }
}
