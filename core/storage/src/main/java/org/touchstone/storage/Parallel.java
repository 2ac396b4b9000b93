package org.touchstone.storage;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs many S3 requests at once, since each of them mostly waits. */
public final class Parallel {
  private static final int AT_ONCE = 16;

  private Parallel() {}

  /**
   * Applies a function to every item, at most 16 at once, and gives the results in the items'
   * order.
   *
   * @throws RuntimeException what the function threw for the first of the items that failed, after
   *     all have ended
   */
  public static <A, B> List<B> map(Collection<A> items, Function<A, B> function) {
    if (items.size() <= 1) {
      return items.stream().map(function).toList();
    }
    List<Future<B>> results;
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, items.size()), Thread.ofVirtual().factory())) {
      results = items.stream().map(item -> workers.submit(() -> function.apply(item))).toList();
    }
    return results.stream().map(Parallel::result).toList();
  }

  private static <B> B result(Future<B> done) {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
