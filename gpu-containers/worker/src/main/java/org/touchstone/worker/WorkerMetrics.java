package org.touchstone.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reason;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/**
 * The endpoint's counters and timers. All go to Prometheus; those that an operator on AWS needs
 * also go to CloudWatch. Every label has a small, fixed set of values.
 */
public final class WorkerMetrics {

  /** A stage of one job. */
  enum Stage {
    /** Waiting for a free slot among the jobs that run at once. */
    WAIT,
    /** Looking for reports that can be used again. */
    CACHE,
    DOWNLOAD,
    DETECT,
    /** Storing the reports. */
    SAVE
  }

  /** How a message of the queue ended. */
  enum JobEnd {
    SUCCEEDED,
    /** Sent on to the endpoint that judges what was written down. */
    HANDED_ON,
    /** The workflow was told that this job has failed for good. */
    FAILED,
    /** Nobody waited for it any more. */
    GONE,
    /** Not a job, and nobody to tell. */
    UNREADABLE,
    /** Given back after a fault, for another try. */
    RETURNED,
    /** Given back by a drain, or because the time for it was over. */
    DRAINED
  }

  private final MeterRegistry registry;
  private final Metrics metrics;
  private final String endpoint;
  private final AtomicInteger running;

  /**
   * @param endpoint the endpoint's name
   */
  public WorkerMetrics(MeterRegistry registry, Metrics metrics, String endpoint) {
    this.registry = registry;
    this.metrics = metrics;
    this.endpoint = endpoint;
    this.running = registry.gauge("touchstone.jobs.running", new AtomicInteger());
  }

  /** Metrics that are not published anywhere. */
  public static WorkerMetrics unobserved() {
    return new WorkerMetrics(new SimpleMeterRegistry(), Metrics.none(), "none");
  }

  void ended(JobEnd end) {
    counter("touchstone.jobs", "outcome", Metrics.label(end)).increment();
    metrics.count(Metric.JOBS_ENDED, endpoint, Metrics.label(end));
  }

  void running(int change) {
    running.addAndGet(change);
  }

  void queueAge(Duration age) {
    Timer.builder("touchstone.queue.age")
        .description("Time from a message's sending to its first receive")
        .register(registry)
        .record(age);
    metrics.put(Metric.QUEUE_WAIT, Math.max(0, age.toMillis()), endpoint);
  }

  void cached(boolean hit) {
    counter("touchstone.report.cache", "result", hit ? "hit" : "miss").increment();
  }

  /** Counts a failure that was the fault of this machine. */
  public void environmentFault() {
    counter("touchstone.environment.faults", "endpoint", endpoint).increment();
    metrics.count(Metric.ENVIRONMENT_FAULTS);
  }

  void report(DetectorReport report) {
    if (report.reason() == Reason.ENVIRONMENT) {
      environmentFault();
    }
    registry
        .counter(
            "touchstone.detector.reports",
            "detector",
            report.detector(),
            "status",
            Metrics.label(report.status()),
            "reason",
            report.reason() == null ? "none" : report.reason().code())
        .increment();
  }

  Timer.Sample start() {
    return Timer.start(registry);
  }

  void stop(Timer.Sample sample, Stage stage) {
    String name = Metrics.label(stage);
    long nanos = sample.stop(registry.timer("touchstone.stage", "stage", name));
    metrics.put(Metric.JOB_STAGE_DURATION, TimeUnit.NANOSECONDS.toMillis(nanos), endpoint, name);
  }

  private Counter counter(String name, String tag, String value) {
    return registry.counter(name, tag, value);
  }
}
