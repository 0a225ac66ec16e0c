class Seed {
  private static final List<String> DOMAINS = List.of("one.example", "two.example", "three.example");

  void seed(RestTemplate rest) {
    for (String domain : DOMAINS) {
      rest.postForObject("https://api.securitycenter.microsoft.com/api/indicators", new Indicator(domain), Void.class);
    }
    for (Subscription subscription : subscriptions()) {
      rest.getForObject("https://management.azure.com/subscriptions/" + subscription.id(), String.class);
    }
  }
}
