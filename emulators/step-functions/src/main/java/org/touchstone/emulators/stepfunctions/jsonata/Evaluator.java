package org.touchstone.emulators.stepfunctions.jsonata;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Evaluates expressions on a few platform threads.
 *
 * <p>The JSONata library keeps a parser per thread. On the virtual thread of each execution those
 * would live as long as the execution waits; on a few shared threads they cost nothing. The handing
 * over also gives a hard time limit, for what the library's own bounds do not see, such as a
 * regular expression that backtracks without end: its thread is given up and replaced.
 */
public final class Evaluator implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Duration limit;
  private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());

  /** Several evaluations against the same bindings. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Evaluation evaluation) throws QueryEvaluationException;
  }

  public Evaluator(InstantSource clock) {
    this(clock, LIMIT);
  }

  /**
   * @param limit how long one evaluation may take; when the library does not notice, it is given up
   *     after a little more
   */
  Evaluator(InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Evaluates one template to a plain JSON value.
   *
   * @throws QueryEvaluationException when an expression fails, gives nothing or takes too long
   */
  public Object evaluate(Template template, Bindings bindings) throws QueryEvaluationException {
    return template instanceof Template.Constant constant
        ? constant.value()
        : evaluate(bindings, evaluation -> evaluation.evaluate(template));
  }

  /**
   * Does several evaluations at once.
   *
   * @throws QueryEvaluationException when an expression fails, gives nothing or takes too long
   */
  public <T> T evaluate(Bindings bindings, Work<T> work) throws QueryEvaluationException {
    permits.acquireUninterruptibly();
    try {
      Future<T> result =
          threads.submit(
              () -> work.with(new Evaluation(bindings, clock.instant(), limit.toNanos())));
      return await(result);
    } finally {
      permits.release();
    }
  }

  private <T> T await(Future<T> result) throws QueryEvaluationException {
    try {
      return result.get(limit.toMillis() * 6 / 5, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case QueryEvaluationException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (TimeoutException e) {
      result.cancel(true);
      throw new QueryEvaluationException(
          "", "A JSONata expression of this state took longer than the evaluation may take.");
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new QueryEvaluationException("", "The evaluation was interrupted.");
    }
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().daemon().name("jsonata-", 0).factory();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
