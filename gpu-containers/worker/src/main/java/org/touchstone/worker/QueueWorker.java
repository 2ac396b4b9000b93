package org.touchstone.worker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.TaskCallback;
import org.touchstone.worker.WorkerMetrics.JobEnd;
import org.touchstone.worker.host.TaskProtection;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Works an endpoint's queue: receives jobs, runs them, stores the reports, tells the workflow and
 * deletes the message, in this order. If a worker dies at any point, the queue delivers its job
 * again, and a second run gives the same reports.
 *
 * <p>With a queue of jobs that may wait, it receives from that one only when the other has nothing,
 * and never fills its last place with them: however many of them there are, a job that may not wait
 * is begun at once, or with a single place after the one job in work.
 */
public final class QueueWorker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(QueueWorker.class);

  /** The most messages that one receive returns. */
  private static final int MAX_BATCH = 10;

  /**
   * How long each of two queues is listened to in turn. Not shorter: a receive that does not wait
   * asks only some of SQS' servers, and would overlook jobs.
   */
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long a drain waits for a receive or a report under way, which cannot be given back. */
  private static final Duration LAST_CALLS = Duration.ofSeconds(5);

  private final SqsClient sqs;
  private final WorkerConfig config;
  private final WorkerMetrics metrics;
  private final JobWorker jobs;
  private final TaskProtection protection;
  private final Drain drain = new Drain();
  private final Semaphore places;
  private final Semaphore bulkPlaces;
  private final Set<Delivery> running = ConcurrentHashMap.newKeySet();
  private final Thread receiver;

  /**
   * A worker that does nothing yet.
   *
   * @param analyses where reports are stored
   */
  public QueueWorker(
      SqsClient sqs,
      SfnClient stepFunctions,
      DetectionService service,
      AnalysisStore analyses,
      WorkerConfig config) {
    this(sqs, stepFunctions, service, analyses, config, TaskProtection.none());
  }

  /**
   * A worker that does nothing yet.
   *
   * @param analyses where reports are stored
   * @param protection held while jobs run
   */
  public QueueWorker(
      SqsClient sqs,
      SfnClient stepFunctions,
      DetectionService service,
      AnalysisStore analyses,
      WorkerConfig config,
      TaskProtection protection) {
    this.sqs = Objects.requireNonNull(sqs, "sqs");
    this.config = Objects.requireNonNull(config, "config");
    this.metrics = service.metrics();
    this.protection = Objects.requireNonNull(protection, "protection");
    this.places = new Semaphore(config.concurrency());
    this.bulkPlaces = new Semaphore(config.bulkConcurrency());
    this.jobs =
        new JobWorker(
            new TaskCallback(stepFunctions),
            new HandOver(sqs),
            service::detect,
            metrics,
            analyses,
            config.cadence(),
            drain);
    this.receiver =
        Thread.ofPlatform().daemon().name("queue-receiver").unstarted(this::receiveUntilDrained);
  }

  /** Starts to receive. A worker starts once. */
  public void start() {
    receiver.start();
  }

  /** Accepts no further jobs; those under way continue. Returns at once. */
  public void stopReceiving() {
    drain.begin();
    // Wakes a receiver that waits for a free slot.
    places.release();
  }

  /** Whether the worker accepts jobs. */
  public boolean isReceiving() {
    return receiver.isAlive() && !drain.hasBegun();
  }

  /**
   * Drains the worker: it accepts no further jobs, lets those under way finish within the grace
   * period and gives the rest back to the queue, where they can be received at once.
   */
  @Override
  public void close() {
    stopReceiving();
    long graceEnds = System.nanoTime() + config.cadence().grace().toNanos();
    try {
      if (receiver.getState() != Thread.State.NEW) {
        drain.awaitReceiverEnd(config.cadence().longPoll().plus(LAST_CALLS));
      }
      for (Delivery delivery : running) {
        delivery.awaitThread(Duration.ofNanos(Math.max(0, graceEnds - System.nanoTime())));
      }
      running.forEach(Delivery::abandon);
      long lastCallsEnd = System.nanoTime() + LAST_CALLS.toNanos();
      for (Delivery delivery : running) {
        delivery.awaitThread(Duration.ofNanos(Math.max(0, lastCallsEnd - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      running.forEach(Delivery::abandon);
      Thread.currentThread().interrupt();
    }
  }

  private void receiveUntilDrained() {
    Duration pause = FIRST_PAUSE;
    while (!drain.hasBegun()) {
      try {
        receive();
        pause = FIRST_PAUSE;
      } catch (InterruptedException | RuntimeException | Error e) {
        // Any failure is better than a worker that no longer receives.
        LOG.warn("cannot receive", e);
        pauseFor(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    }
    drain.receiverEnded();
  }

  private void pauseFor(Duration pause) {
    try {
      drain.awaitBegin(pause);
    } catch (InterruptedException e) {
      LOG.debug("pause cut short", e);
    }
  }

  /** Receives once, for at most as many messages as there are free slots. */
  private void receive() throws InterruptedException {
    int free = awaitPlaces();
    int taken = 0;
    try {
      boolean mayTakeBulk = config.bulkQueueUrl() != null && bulkPlaces.availablePermits() > 0;
      List<Message> messages = poll(config.queueUrl(), free, mayTakeBulk);
      for (Message message : messages) {
        if (begin(message, config.queueUrl(), places::release)) {
          taken++;
        }
      }
      if (messages.isEmpty() && mayTakeBulk) {
        int most = Math.min(free, bulkPlaces.availablePermits());
        for (Message message : poll(config.bulkQueueUrl(), most, true)) {
          if (begin(message, config.bulkQueueUrl(), this::releaseBulk)) {
            taken++;
            // Only this thread acquires, so that it need not wait.
            bulkPlaces.acquire();
          }
        }
      }
    } finally {
      places.release(free - taken);
    }
  }

  private void releaseBulk() {
    bulkPlaces.release();
    places.release();
  }

  /**
   * Begins the job in a message; when the worker drains, gives it back.
   *
   * @param release called when the job has ended
   * @return whether it was begun
   */
  private boolean begin(Message message, String queueUrl, Runnable release) {
    Delivery delivery =
        new Delivery(
            message,
            new MessageLease(sqs, queueUrl, config.cadence(), message),
            metrics,
            each -> work(each, release));
    if (drain.hasBegun()) {
      delivery.returned(JobEnd.DRAINED, Duration.ZERO);
      return false;
    }
    start(delivery);
    return true;
  }

  /**
   * Receives from a queue, unless the worker drains.
   *
   * @param inTurn whether another queue is to be listened to soon
   */
  private List<Message> poll(String queueUrl, int most, boolean inTurn) {
    if (drain.hasBegun()) {
      return List.of();
    }
    Duration longPoll = config.cadence().longPoll();
    Duration wait = inTurn && longPoll.compareTo(TURN) > 0 ? TURN : longPoll;
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queueUrl)
                    .maxNumberOfMessages(most)
                    .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                    .visibilityTimeout(Math.toIntExact(config.cadence().visibility().toSeconds()))
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.AWS_TRACE_HEADER,
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages();
  }

  private void start(Delivery delivery) {
    delivery.recordWait();
    running.add(delivery);
    try {
      delivery.start();
    } catch (Error e) {
      // A thread could not be started: the queue delivers the message again when its visibility
      // timeout ends.
      running.remove(delivery);
      throw e;
    }
  }

  private void work(Delivery delivery, Runnable release) {
    metrics.running(1);
    protection.hold();
    try {
      jobs.work(delivery);
    } finally {
      protection.release();
      metrics.running(-1);
      running.remove(delivery);
      release.run();
    }
  }
}
