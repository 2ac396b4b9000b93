package org.touchstone.worker.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;

/** A gate at which detectors wait until it opens. */
public final class Gate {
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch open = new CountDownLatch(1);

  /** Waits until the gate opens, like a detector that responds to interrupts. */
  public void pass() {
    arrived.release();
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new DetectionException(Reason.TIMEOUT, "interrupted", e);
    }
  }

  /** Waits until the given number of further callers have reached the gate. */
  public void awaitArrivals(int count) throws InterruptedException {
    arrived.acquire(count);
  }

  public int waiting() {
    return arrived.availablePermits();
  }

  public void open() {
    open.countDown();
  }
}
