package org.touchstone.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The state of a worker's drain: whether it has begun, and whether the last receive has ended. A
 * message given back earlier would be received again at once, and every receive counts towards the
 * queue's limit.
 */
final class Drain {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch receiverEnded = new CountDownLatch(1);

  void begin() {
    begun.countDown();
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** Waits for at most the given time; returns whether the drain has begun. */
  boolean awaitBegin(Duration time) throws InterruptedException {
    return begun.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void receiverEnded() {
    receiverEnded.countDown();
  }

  /** Waits until the last receive has ended, for at most the given time. */
  void awaitReceiverEnd(Duration time) throws InterruptedException {
    receiverEnded.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
