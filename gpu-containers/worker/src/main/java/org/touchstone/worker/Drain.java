package org.touchstone.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How far a worker's drain is: whether it has begun, and whether the last receive has ended. A
 * message given back before that would come straight back, and every receive counts.
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

  /** Waits for some time; answers whether the drain has begun. */
  boolean awaitBegin(Duration time) throws InterruptedException {
    return begun.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void receiverEnded() {
    receiverEnded.countDown();
  }

  /** Waits until nothing is received any more, at most for some time. */
  void awaitReceiverEnd(Duration time) throws InterruptedException {
    receiverEnded.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
