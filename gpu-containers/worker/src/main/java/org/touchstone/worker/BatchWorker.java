package org.touchstone.worker;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.touchstone.domain.Job;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.TaskCallback;
import org.touchstone.worker.WorkerMetrics.JobEnd;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Works on messages that another party receives and deletes, as Lambda does for a function: one
 * after another, within the time that there is for all of them. A message is deleted or delivered
 * again under the same rules as with a {@link QueueWorker}. Used by one thread.
 */
public final class BatchWorker {
  private static final Logger LOG = Logger.getLogger(BatchWorker.class);

  private static final Reserve RESERVE =
      new Reserve(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(10));

  private final SqsClient sqs;
  private final TaskCallback callback;
  private final Services services;
  private final Duration perJob;
  private final WorkerMetrics metrics;
  private final AnalysisStore analyses;
  private final WorkerConfig config;
  private final Reserve reserve;
  private Delivery stuck;

  /**
   * Parts of the time that there is.
   *
   * @param detecting the least that detectors can do anything with
   * @param handingIn kept for storing reports and telling the workflow
   * @param givingBack kept for giving a message back and for its thread to end
   */
  record Reserve(Duration detecting, Duration handingIn, Duration givingBack) {
    Duration after(Duration work) {
      return work.plus(handingIn).plus(givingBack);
    }
  }

  /** Where a worker gets the service that does a job. */
  @FunctionalInterface
  public interface Services {
    /**
     * A service that has what the job's track needs, made before the first such job and kept for
     * later ones; called again after a fault.
     *
     * @throws org.touchstone.domain.EnvironmentFault when this machine is at fault
     */
    DetectionService get(Job job) throws IOException, InterruptedException;
  }

  /**
   * A worker for the messages of one queue.
   *
   * @param services makes the services that do the jobs
   * @param perJob how long a service's detectors may work on one medium
   * @param analyses where reports are stored
   * @param config the queue, and how often messages are kept hidden and how long after a fault; the
   *     number of jobs at once is always one
   */
  public BatchWorker(
      SqsClient sqs,
      SfnClient stepFunctions,
      Services services,
      Duration perJob,
      WorkerMetrics metrics,
      AnalysisStore analyses,
      WorkerConfig config) {
    this(sqs, stepFunctions, services, perJob, metrics, analyses, config, RESERVE);
  }

  BatchWorker(
      SqsClient sqs,
      SfnClient stepFunctions,
      Services services,
      Duration perJob,
      WorkerMetrics metrics,
      AnalysisStore analyses,
      WorkerConfig config,
      Reserve reserve) {
    this.sqs = Objects.requireNonNull(sqs, "sqs");
    this.callback = new TaskCallback(stepFunctions);
    this.services = Objects.requireNonNull(services, "services");
    this.perJob = Objects.requireNonNull(perJob, "perJob");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.analyses = Objects.requireNonNull(analyses, "analyses");
    this.config = Objects.requireNonNull(config, "config");
    this.reserve = Objects.requireNonNull(reserve, "reserve");
  }

  /**
   * The endpoint's queue with this ARN; without one, the queue of jobs that may not wait.
   *
   * @param arn as events name their source; may be null
   */
  public String queueUrl(String arn) {
    String bulk = config.bulkQueueUrl();
    return arn != null
            && bulk != null
            && bulk.endsWith("/" + arn.substring(arn.lastIndexOf(':') + 1))
        ? bulk
        : config.queueUrl();
  }

  /**
   * Works on messages of the endpoint's queue, as {@link #work(String, List, Duration)}.
   *
   * @param messages messages with their system attributes
   * @param time until all this must have ended
   * @return the ids of the messages that are to be delivered again; all others may be deleted
   */
  public Set<String> work(List<Message> messages, Duration time) {
    return work(config.queueUrl(), messages, time);
  }

  /**
   * Works on messages. The first one gets all the time there is; a further one is begun only if it
   * can have as long as the limits allow. Those nearest to becoming dead letters come first.
   *
   * @param queueUrl the queue that they come from
   * @param messages messages with their system attributes
   * @param time until all this must have ended
   * @return the ids of the messages that are to be delivered again; all others may be deleted
   */
  public Set<String> work(String queueUrl, List<Message> messages, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Set<String> kept = new HashSet<>();
    Duration needed = reserve.after(reserve.detecting());
    for (Message message :
        messages.stream()
            .sorted(Comparator.comparingInt(m -> -Delivery.receives(m.attributes())))
            .toList()) {
      if (!work(queueUrl, message, needed, end)) {
        kept.add(message.messageId());
      }
      needed = reserve.after(perJob);
    }
    return kept;
  }

  /** Whether the worker can do more jobs: false when one that was given back cannot be stopped. */
  public boolean isSound() {
    return stuck == null || stuck.hasEnded();
  }

  /** Returns whether the message is no longer needed. */
  private boolean work(String queueUrl, Message message, Duration needed, long end) {
    AtomicBoolean done = new AtomicBoolean();
    Delivery delivery =
        new Delivery(
            message,
            new MessageLease(sqs, queueUrl, config.cadence(), message, () -> done.set(true)),
            metrics,
            each -> jobs(end).work(each));
    if (!isSound() || left(end).compareTo(needed) < 0) {
      LOG.infof("message %s is given back: too little time is left", delivery.messageId());
      delivery.returned(JobEnd.RETURNED, Duration.ZERO);
      return false;
    }
    delivery.recordWait();
    delivery.start();
    try {
      if (!delivery.awaitThread(left(end).minus(reserve.givingBack()))) {
        LOG.warnf("message %s is given back: its time is over", delivery.messageId());
        delivery.abandon();
        if (!delivery.awaitThread(left(end).minus(reserve.givingBack().dividedBy(2)))) {
          stuck = delivery;
        }
      }
    } catch (InterruptedException e) {
      delivery.abandon();
      Thread.currentThread().interrupt();
    }
    return done.get();
  }

  private JobWorker jobs(long end) {
    Instant latest = Instant.now().plus(left(end)).minus(reserve.after(Duration.ZERO));
    return new JobWorker(
        callback,
        new HandOver(sqs),
        job -> services.get(job).detect(job, latest),
        metrics,
        analyses,
        config.cadence(),
        new Drain());
  }

  private static Duration left(long end) {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
