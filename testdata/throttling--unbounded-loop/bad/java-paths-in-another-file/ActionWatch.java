package com.example.response;

class ActionWatch {
  private final RestTemplate rest = new RestTemplate();

  String await(String actionId) {
    while (true) {
      Action action = rest.getForObject(Paths.MACHINE_ACTIONS + actionId, Action.class);
      // ~^ throttling/unbounded-loop "rest.getForObject(Paths.MACHINE_ACTIONS + actionId, Action.class)" warning
      if (!"Pending".equals(action.status())) {
        return action.status();
      }
    }
  }
}
