package org.touchstone.local.stack;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads for the calls of one function, as many as may run at once. On the engine's
 * virtual threads, a few calls that compute for long (parsing, reading pictures) would take all
 * carriers, and nothing else would go on: no answer, no time limit, no shutdown.
 */
final class FunctionThreads {
  private static final long IDLE_SECONDS = 30;

  private FunctionThreads() {}

  static ExecutorService of(String name, int atOnce) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
