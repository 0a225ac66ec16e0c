package com.example.sync;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;

class Throttle {
  private final Bucket bucket = Bucket.builder()
      .addLimit(Bandwidth.builder().capacity(10).refillGreedy(90, Duration.ofMinutes(1)).build())
      .build();

  void waitForTurn() throws InterruptedException {
    bucket.asBlocking().consume(1);
  }
}
