import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

class SoftwareGateway {
  private static final RateLimiterConfig CONFIG = RateLimiterConfig.custom()
      .limitForPeriod(90)
      .limitRefreshPeriod(Duration.ofMinutes(1))
      .timeoutDuration(Duration.ofMinutes(2))
      .build();

  private final RateLimiter limiter = RateLimiter.of("software", CONFIG);
  private final RestTemplate rest = new RestTemplate();

  String software(String id) {
    return limiter.executeSupplier(
        () -> rest.getForObject("https://api.securitycenter.microsoft.com/api/software/" + id, String.class));
  }
}
