import com.google.common.util.concurrent.RateLimiter;

public class Client {
  private static final String BASE = "https://api.securitycenter.microsoft.com/api";
  private final RateLimiter limiter = RateLimiter.create(5.0);
  // ~^ throttling/rate-exceeds-limit "RateLimiter.create(5.0)" error
  private final HttpClient http = HttpClient.newHttpClient();

  public String machine(String id) throws Exception {
    limiter.acquire();
    HttpRequest request = HttpRequest.newBuilder().uri(URI.create(BASE + "/machines/" + id)).GET().build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
