package org.touchstone.worker;

import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Reason;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.AnalysisScope;
import org.touchstone.worker.WorkerMetrics.JobEnd;
import org.touchstone.worker.WorkerMetrics.Stage;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Does the job in a message. The message is deleted only once its waiter knows the outcome or is
 * gone; in every other case the queue delivers it again. Every step may therefore run again without
 * harm.
 */
final class JobWorker {
  private static final Logger LOG = Logger.getLogger(JobWorker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int SERVER_FAULT = 500;

  /**
   * The last receive before the queue gives a message up: reports with faults of this machine are
   * then better than none.
   */
  private static final int LAST_RECEIVE = 3;

  private final TaskCallback callback;
  private final HandOver handOver;
  private final Detection detection;
  private final WorkerMetrics metrics;
  private final AnalysisStore analyses;
  private final WorkerConfig.Cadence cadence;
  private final Drain drain;

  /** How a job's reports are made. */
  @FunctionalInterface
  interface Detection {
    /**
     * The reports of a job; may be called again after a fault.
     *
     * @throws JobFailedException when the job can never succeed
     * @throws IOException when this machine is at fault
     */
    JobReports detect(Job job) throws JobFailedException, IOException, InterruptedException;
  }

  /**
   * Creates a worker for any number of messages at once.
   *
   * @param handOver hands jobs on that do not end here
   * @param drain the drain; once it has begun, the worker no longer waits for faults to pass
   */
  JobWorker(
      TaskCallback callback,
      HandOver handOver,
      Detection detection,
      WorkerMetrics metrics,
      AnalysisStore analyses,
      WorkerConfig.Cadence cadence,
      Drain drain) {
    this.callback = callback;
    this.handOver = handOver;
    this.detection = detection;
    this.metrics = metrics;
    this.analyses = analyses;
    this.cadence = cadence;
    this.drain = drain;
  }

  /** Works on a delivery until it has ended. An {@link Error} thrown here also ends it. */
  void work(Delivery delivery) {
    JobMessage message = JobMessage.parse(delivery.body());
    String analysisId = message instanceof JobMessage.Valid(Job job) ? job.analysisId() : null;
    try (AnalysisScope scope = AnalysisScope.of(analysisId, delivery.traceHeader().orElse(null))) {
      work(delivery, message);
    }
  }

  private void work(Delivery delivery, JobMessage message) {
    try {
      switch (message) {
        case JobMessage.Valid(Job job) -> work(delivery, job);
        case JobMessage.Invalid(String token, String problem) ->
            fail(delivery, token, new JobFailedException(JobFailedException.JOB_INVALID, problem));
        case JobMessage.Unreadable() -> {
          LOG.errorf("message %s is not a job", delivery.messageId());
          delivery.returned(JobEnd.UNREADABLE, cadence.delayAfter(delivery.receives()));
        }
      }
    } catch (Exception e) {
      EnvironmentFault.behind(e).ifPresent(fault -> metrics.environmentFault());
      if (delivery.isWanted()) {
        LOG.warnf(e, "message %s is given back", delivery.messageId());
      }
    } finally {
      giveBackUnlessEnded(delivery);
    }
  }

  private void giveBackUnlessEnded(Delivery delivery) {
    if (!delivery.isWanted()) {
      return;
    }
    // The interrupt has had its effect and must not stop the call that gives the message back.
    Thread.interrupted();
    if (!drain.hasBegun()) {
      delivery.returned(JobEnd.RETURNED, cadence.delayAfter(delivery.receives()));
      return;
    }
    try {
      drain.awaitReceiverEnd(cadence.longPoll());
    } catch (InterruptedException e) {
      LOG.debug("message is given back early", e);
    }
    delivery.returned(JobEnd.DRAINED, Duration.ZERO);
  }

  private void work(Delivery delivery, Job job) throws Exception {
    String token = job.taskToken();
    delivery.keep(() -> callback.heartbeat(token));
    // A job whose waiter is gone, as after a second delivery, costs only this call.
    if (!patiently(() -> callback.heartbeat(token))) {
      delivery.done(JobEnd.GONE);
      return;
    }
    JobReports reports;
    try {
      reports = patiently(() -> detection.detect(job));
    } catch (JobFailedException e) {
      fail(delivery, token, e);
      return;
    } catch (IOException | RuntimeException e) {
      EnvironmentFault fault = EnvironmentFault.behind(e).orElse(null);
      if (fault == null || delivery.receives() < LAST_RECEIVE) {
        throw e;
      }
      // No machine was sound. The waiter is told now, not only when the message is a dead letter.
      LOG.error("this machine is at fault", e);
      metrics.environmentFault();
      fail(
          delivery,
          token,
          new JobFailedException(
              JobFailedException.ENVIRONMENT_FAULT, fault.kind().sentence(), fault));
      return;
    }
    if (delivery.receives() < LAST_RECEIVE && isOfEnvironment(reports)) {
      // Another machine may be sound. What this one could do is in the cache.
      LOG.warnf("message %s is given back for another machine", delivery.messageId());
      delivery.returned(JobEnd.RETURNED, cadence.delayAfter(delivery.receives()));
      return;
    }
    // Another delivery may have handed in its reports meanwhile; the verdict rests on those.
    if (!patiently(() -> callback.heartbeat(token))) {
      delivery.done(JobEnd.GONE);
      return;
    }
    if (!delivery.beginHandingIn()) {
      return;
    }
    Timer.Sample sample = metrics.start();
    patiently(
        () -> {
          analyses.saveReports(reports);
          return reports;
        });
    metrics.stop(sample, Stage.SAVE);
    if (HandOver.isNeeded(job, reports)) {
      patiently(
          () -> {
            handOver.send(job);
            return job;
          });
      delivery.done(JobEnd.HANDED_ON);
      return;
    }
    boolean awaited = patiently(() -> callback.succeed(token));
    delivery.done(awaited ? JobEnd.SUCCEEDED : JobEnd.GONE);
  }

  private static boolean isOfEnvironment(JobReports reports) {
    return reports.reports().stream().anyMatch(report -> report.reason() == Reason.ENVIRONMENT);
  }

  private void fail(Delivery delivery, String token, JobFailedException e) throws Exception {
    LOG.errorf("message %s: %s: %s", delivery.messageId(), e.error(), e.getMessage());
    if (delivery.beginHandingIn()) {
      boolean awaited = patiently(() -> callback.fail(token, e.error(), e.getMessage()));
      delivery.done(awaited ? JobEnd.FAILED : JobEnd.GONE);
    }
  }

  /** A step that talks to AWS. */
  private interface Step<T> {
    T call() throws Exception;
  }

  /**
   * Retries transient faults while keeping the job. Giving it back would use up one of the few
   * receives that the queue allows per message, although the job is not at fault.
   */
  private <T> T patiently(Step<T> step) throws Exception {
    long giveUp = System.nanoTime() + cadence.patience().toNanos();
    for (Duration pause = FIRST_PAUSE; ; pause = min(pause.multipliedBy(2), LONGEST_PAUSE)) {
      try {
        return step.call();
      } catch (AbortedException e) {
        throw (InterruptedException) new InterruptedException("aborted").initCause(e);
      } catch (SdkException | UncheckedIOException e) {
        boolean late = System.nanoTime() + pause.toNanos() > giveUp;
        if (!isTransient(e) || late || drain.awaitBegin(pause)) {
          throw e;
        }
        LOG.warnf("trying again after a fault: %s", e.getMessage());
      }
    }
  }

  /** The SDK's small HTTP client reports some broken connections as unchecked exceptions. */
  private static boolean isTransient(RuntimeException e) {
    return !(e instanceof SdkServiceException service)
        || service.statusCode() >= SERVER_FAULT
        || service.isThrottlingException();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
