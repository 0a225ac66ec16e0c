import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;

class Investigations {
  private final Retry retry = Retry.of("mde", RetryConfig.<HttpResponse<String>>custom()
      .maxAttempts(6)
      .retryOnResult(response -> response.statusCode() == 429)
      .intervalFunction(IntervalFunction.ofExponentialBackoff(2_000, 2))
      .build());

  List<String> states(List<String> ids, HttpClient http) {
    List<String> states = new ArrayList<>();
    for (String id : ids) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.securitycenter.microsoft.com/api/investigations/" + id)).build();
      states.add(retry.executeSupplier(() -> send(http, request)).body());
    }
    return states;
  }
}
