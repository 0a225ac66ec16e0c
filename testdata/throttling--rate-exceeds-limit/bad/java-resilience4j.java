import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.Callable;

class AlertGateway {
  private final RateLimiter limiter = RateLimiter.of("alerts", RateLimiterConfig.custom()
      .limitRefreshPeriod(Duration.ofSeconds(1))
      .limitForPeriod(10)
      // ~^ throttling/rate-exceeds-limit "limitForPeriod(10)" error
      .timeoutDuration(Duration.ofSeconds(20))
      .build());
  private final RestTemplate rest = new RestTemplate();

  String alert(String id) throws Exception {
    Callable<String> call = RateLimiter.decorateCallable(limiter,
        () -> rest.getForObject("https://api.securitycenter.microsoft.com/api/alerts/{id}", String.class, id));
    return call.call();
  }
}
