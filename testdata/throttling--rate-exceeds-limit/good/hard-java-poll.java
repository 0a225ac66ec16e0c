class IncidentPoller {
  private final WebClient client = WebClient.create("https://api.security.microsoft.com");

  @Scheduled(fixedDelay = 120_000)
  public void poll() {
    client.get().uri("/api/incidents?$filter=lastUpdateTime gt {since}", since()).retrieve()
        .bodyToMono(Page.class)
        .subscribe(this::publish);
  }

  void warmUp(List<String> hosts) throws InterruptedException {
    for (String host : hosts) {
      dns.resolve(host);
      Thread.sleep(50);
    }
  }
}
