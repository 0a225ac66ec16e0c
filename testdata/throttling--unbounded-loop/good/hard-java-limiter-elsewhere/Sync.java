package com.example.sync;

class Sync {
  private final Throttle throttle = new Throttle();
  private final RestTemplate rest = new RestTemplate();

  void run(Iterable<String> ids) throws InterruptedException {
    for (String id : ids) {
      throttle.waitForTurn();
      store(rest.getForObject("https://api.securitycenter.microsoft.com/api/machines/" + id + "/software", String.class));
    }
  }
}
