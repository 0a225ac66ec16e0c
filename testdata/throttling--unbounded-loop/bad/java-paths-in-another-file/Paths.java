package com.example.response;

final class Paths {
  static final String MACHINE_ACTIONS = "https://api.securitycenter.microsoft.com/api/machineactions/";
}
