package com.example.report;

import com.example.defender.DefenderClient;

class UserReport {
  private final DefenderClient defender;

  void write(List<Machine> machines, Csv csv) {
    for (Machine machine : machines) {
      for (User user : defender.logonUsers(machine.id())) {
      // ~^ throttling/unbounded-loop "defender.logonUsers(machine.id())" warning
        csv.row(machine.name(), user.accountName());
      }
    }
  }
}
