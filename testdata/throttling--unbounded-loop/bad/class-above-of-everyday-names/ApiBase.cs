public abstract class ApiBase
{
    protected const string Root = "https://api.securitycenter.microsoft.com/api";
    protected readonly HttpClient Http = new HttpClient();

    protected Task<string> Get(string path) => Http.GetStringAsync($"{Root}/{path}");
}
