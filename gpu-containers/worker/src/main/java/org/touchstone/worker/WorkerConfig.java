package org.touchstone.worker;

import java.time.Duration;
import java.util.Objects;

/**
 * Settings for how a worker works its queue.
 *
 * @param queueUrl the queue's URL
 * @param bulkQueueUrl the queue of jobs that may wait; null when all jobs are in one queue
 * @param concurrency the most jobs at once
 * @param cadence the intervals and time limits
 */
public record WorkerConfig(String queueUrl, String bulkQueueUrl, int concurrency, Cadence cadence) {

  public WorkerConfig {
    Objects.requireNonNull(queueUrl, "queueUrl");
    Objects.requireNonNull(cadence, "cadence");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is below 1");
    }
  }

  /** Settings for a worker whose jobs are all in one queue. */
  public WorkerConfig(String queueUrl, int concurrency, Cadence cadence) {
    this(queueUrl, null, concurrency, cadence);
  }

  /**
   * The most jobs that may wait at once: all but one, so that a place is left for a job that may
   * not; one when there is only one place.
   */
  int bulkConcurrency() {
    return Math.max(1, concurrency - 1);
  }

  /**
   * The worker's intervals and time limits. SQS counts in whole seconds, so values sent to it are
   * rounded up.
   *
   * @param longPoll how long one receive waits for a message, 0 to 20 s; also the longest that a
   *     drain waits for a receive under way
   * @param visibility how long a message stays hidden without a heartbeat from its worker
   * @param keepAlive how often a worker sends that heartbeat, to the queue and to the workflow;
   *     well below {@code visibility} and the workflow's heartbeat
   * @param retryDelay how long a job given back after a fault stays hidden; doubles with every
   *     further receive
   * @param maxRetryDelay the longest such delay
   * @param patience how long a worker keeps its job while S3, Step Functions or SQS fail
   *     transiently, before it gives the job back
   * @param grace how long a drain waits for jobs to finish before it gives them back
   */
  public record Cadence(
      Duration longPoll,
      Duration visibility,
      Duration keepAlive,
      Duration retryDelay,
      Duration maxRetryDelay,
      Duration patience,
      Duration grace) {

    private static final Duration MAX_LONG_POLL = Duration.ofSeconds(20);
    private static final Duration MAX_VISIBILITY = Duration.ofHours(12);

    public static final int LONG_POLL_SECONDS = 5;
    public static final int VISIBILITY_SECONDS = 60;
    public static final int KEEP_ALIVE_SECONDS = 20;
    public static final int RETRY_DELAY_SECONDS = 10;
    public static final int MAX_RETRY_DELAY_SECONDS = 300;
    public static final int PATIENCE_SECONDS = 300;
    public static final int GRACE_SECONDS = 20;

    /** The cadence with the defaults above. */
    public static final Cadence DEFAULT =
        new Cadence(
            Duration.ofSeconds(LONG_POLL_SECONDS),
            Duration.ofSeconds(VISIBILITY_SECONDS),
            Duration.ofSeconds(KEEP_ALIVE_SECONDS),
            Duration.ofSeconds(RETRY_DELAY_SECONDS),
            Duration.ofSeconds(MAX_RETRY_DELAY_SECONDS),
            Duration.ofSeconds(PATIENCE_SECONDS),
            Duration.ofSeconds(GRACE_SECONDS));

    public Cadence {
      if (longPoll.isNegative() || longPoll.compareTo(MAX_LONG_POLL) > 0) {
        throw new IllegalArgumentException("longPoll is outside 0..20 s");
      }
      if (visibility.compareTo(Duration.ofSeconds(1)) < 0
          || visibility.compareTo(MAX_VISIBILITY) > 0) {
        throw new IllegalArgumentException("visibility is outside 1 s..12 h");
      }
      if (!keepAlive.isPositive() || keepAlive.compareTo(visibility) >= 0) {
        throw new IllegalArgumentException("keepAlive is not between 0 and visibility");
      }
      if (retryDelay.isNegative()
          || maxRetryDelay.compareTo(retryDelay) < 0
          || maxRetryDelay.compareTo(MAX_VISIBILITY) > 0) {
        throw new IllegalArgumentException("retryDelay is not between 0 and maxRetryDelay");
      }
      if (patience.isNegative() || grace.isNegative()) {
        throw new IllegalArgumentException("patience or grace is negative");
      }
    }

    /** How long a job given back after its {@code receives}th receive stays hidden. */
    Duration delayAfter(int receives) {
      long factor = 1L << Math.clamp(receives - 1L, 0, 20);
      Duration delay = retryDelay.multipliedBy(factor);
      return delay.compareTo(maxRetryDelay) > 0 ? maxRetryDelay : delay;
    }
  }
}
