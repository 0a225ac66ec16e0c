package com.example.defender;

public class DefenderClient {
  private final RestTemplate rest;
  private final String baseUrl = "https://api.securitycenter.microsoft.com/api";

  public DefenderClient(RestTemplate rest) {
    this.rest = rest;
  }

  public List<User> logonUsers(String machineId) {
    return rest.exchange(baseUrl + "/machines/" + machineId + "/logonusers", HttpMethod.GET, null, Users.class)
        .getBody()
        .value();
  }
}
