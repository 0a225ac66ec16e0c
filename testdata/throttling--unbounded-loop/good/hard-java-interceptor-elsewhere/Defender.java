package com.example.defender;

import com.example.http.TooManyRequestsInterceptor;

public class Defender {
  private final RestTemplate rest;

  public Defender(RestTemplateBuilder builder) {
    this.rest = builder.additionalInterceptors(new TooManyRequestsInterceptor()).build();
  }

  public List<String> scores(List<String> machines) {
    List<String> scores = new ArrayList<>();
    for (String id : machines) {
      scores.add(rest.getForObject("https://api.securitycenter.microsoft.com/api/machines/" + id, String.class));
    }
    return scores;
  }
}
