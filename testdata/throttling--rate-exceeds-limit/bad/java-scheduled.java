import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

class ActionPoller {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient http = HttpClient.newHttpClient();

  void watch(String actionId, String token) {
    HttpRequest request = HttpRequest.newBuilder()
        .uri(URI.create("https://api.securitycenter.microsoft.com/api/machineactions/" + actionId))
        .header("Authorization", "Bearer " + token)
        .build();
    scheduler.scheduleAtFixedRate(() -> publish(request), 0, 250, TimeUnit.MILLISECONDS);
    // ~^ throttling/rate-exceeds-limit "scheduler.scheduleAtFixedRate(() -> publish(request), 0, 250, TimeUnit.MILLISECONDS)" warning
  }

  private void publish(HttpRequest request) {
    http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(response -> Events.emit(response.body()));
  }
}
