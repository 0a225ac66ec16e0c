var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<DefenderOptions>(builder.Configuration.GetSection("Defender"));
builder.Services.AddHttpClient<TagClient>((services, client) =>
{
    var options = services.GetRequiredService<IOptions<DefenderOptions>>().Value;
    client.BaseAddress = new Uri(options.BaseUrl);
});
