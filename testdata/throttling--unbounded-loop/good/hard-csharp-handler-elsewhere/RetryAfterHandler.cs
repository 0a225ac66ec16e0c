using System.Net;

namespace Contoso.Http;

public class RetryAfterHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct);
        for (var attempt = 1; response.StatusCode == HttpStatusCode.TooManyRequests && attempt <= 5; attempt++)
        {
            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(Math.Pow(2, attempt));
            response.Dispose();
            await Task.Delay(wait, ct);
            response = await base.SendAsync(request, ct);
        }

        return response;
    }
}
