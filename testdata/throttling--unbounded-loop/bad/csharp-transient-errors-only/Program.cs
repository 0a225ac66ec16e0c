using Contoso.Defender;
using Polly;
using Polly.Extensions.Http;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHttpClient<AlertSync>().AddPolicyHandler(RetryPolicy());
builder.Build().Run();

static IAsyncPolicy<HttpResponseMessage> RetryPolicy() =>
    HttpPolicyExtensions.HandleTransientHttpError().WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(Math.Pow(2, n)));
