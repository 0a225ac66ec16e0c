using Contoso.Defender;

var builder = Host.CreateApplicationBuilder(args);

builder.Services.AddHttpClient<IDefenderClient, DefenderClient>(client =>
{
    client.BaseAddress = new Uri("https://api.security.microsoft.com/");
    client.Timeout = TimeSpan.FromSeconds(30);
})
.AddStandardResilienceHandler();
builder.Services.AddHostedService<Recommendations>();

builder.Build().Run();
