public class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddHttpClient("DefenderApi", client =>
        {
            client.BaseAddress = new Uri("https://api.securitycenter.microsoft.com/api/");
        }).AddPolicyHandler(Policies.TooManyRequests());
    }
}
