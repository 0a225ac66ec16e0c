package com.example.export;

final class Pause {
  private static final long BETWEEN_CALLS_MS = 300;

  static void betweenCalls() throws InterruptedException {
    Thread.sleep(BETWEEN_CALLS_MS);
    // ~^ throttling/rate-exceeds-limit "Thread.sleep(BETWEEN_CALLS_MS)" warning
  }
}
