package com.example.export;

import java.util.List;

class Export {
  private static final String BASE = "https://api.securitycenter.microsoft.com";
  private final RestTemplate rest;

  Export(RestTemplate rest) {
    this.rest = rest;
  }

  void software(List<String> machines, Sink sink) throws InterruptedException {
    for (String id : machines) {
      sink.accept(id, rest.getForObject(BASE + "/api/machines/" + id + "/software", String.class));
      Pause.betweenCalls();
    }
  }
}
