package com.example.report;

import com.example.defender.DefenderApi;

class UserReport {
  private final DefenderApi defender;

  void write(String token, List<Machine> machines, Csv csv) throws IOException {
    for (Machine machine : machines) {
      Users users = defender.logonUsers(token, machine.id()).execute().body();
      // ~^ throttling/unbounded-loop "defender.logonUsers(token, machine.id())" warning
      csv.row(machine.name(), users.value().size());
    }
  }
}
