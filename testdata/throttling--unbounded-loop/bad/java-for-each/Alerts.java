public class Alerts {
  private final RestTemplate rest = new RestTemplate();

  void close(List<String> alerts) {
    alerts.forEach(id -> rest.exchange("https://api.securitycenter.microsoft.com/api/alerts/" + id, HttpMethod.PATCH, entity, String.class));
    // ~^ throttling/unbounded-loop "rest.exchange("https://api.securitycenter.microsoft.com/api/alerts/" + id, HttpMethod.PATCH, entity, String.class)" warning
  }
}
