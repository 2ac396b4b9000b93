package org.touchstone.storage;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The same work on many threads at once. */
final class Race {
  private Race() {}

  static <T> List<T> run(int runners, IntFunction<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(runners);
    try (ExecutorService threads = Executors.newFixedThreadPool(runners)) {
      List<Future<T>> results =
          threads.invokeAll(
              IntStream.range(0, runners)
                  .<Callable<T>>mapToObj(
                      runner ->
                          () -> {
                            start.await();
                            return work.apply(runner);
                          })
                  .toList());
      return results.stream().map(Future::resultNow).toList();
    }
  }
}
