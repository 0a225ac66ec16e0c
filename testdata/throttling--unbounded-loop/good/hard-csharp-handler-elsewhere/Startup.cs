using Contoso.Http;

namespace Contoso.Defender;

public static class Startup
{
    public static IServiceCollection AddDefender(this IServiceCollection services)
    {
        services.AddTransient<RetryAfterHandler>();
        services.AddHttpClient<MachineClient>().AddHttpMessageHandler<RetryAfterHandler>();
        return services;
    }
}
