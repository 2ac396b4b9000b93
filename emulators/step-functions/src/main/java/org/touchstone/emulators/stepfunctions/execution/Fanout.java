package org.touchstone.emulators.stepfunctions.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs numbered pieces of work on virtual threads, at most a given number at once. */
final class Fanout {
  private Fanout() {}

  /** One piece of work. */
  @FunctionalInterface
  interface Piece {
    /**
     * @param slot which of the concurrent threads does it, from 0
     */
    void run(int slot, int index);
  }

  /**
   * Runs all pieces and returns when every thread has ended; cancelling makes them end.
   *
   * @throws CancelledException when a piece threw it
   */
  static void run(int count, int concurrency, Piece piece) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(count, concurrency); i++) {
      int slot = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int n = next.getAndIncrement();
                          n < count && thrown.get() == null;
                          n = next.getAndIncrement()) {
                        piece.run(slot, n);
                      }
                    } catch (RuntimeException e) {
                      thrown.compareAndSet(null, e);
                    }
                  }));
    }
    join(threads);
    if (thrown.get() != null) {
      throw thrown.get();
    }
  }

  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
