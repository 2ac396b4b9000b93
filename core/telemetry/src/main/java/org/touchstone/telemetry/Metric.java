package org.touchstone.telemetry;

import java.util.List;

/**
 * Touchstone's own metrics; {@code docs/metrics.md} lists them for the operator. A metric is always
 * written with all of its dimensions.
 */
public enum Metric {
  ANALYSES_ACCEPTED(
      "AnalysesAccepted",
      Unit.COUNT,
      Scope.STANDARD,
      "requests for an analysis that were accepted"),
  ENVIRONMENT_FAULTS(
      "EnvironmentFaults",
      Unit.COUNT,
      Scope.STANDARD,
      "failures that were the fault of a machine and not of a medium: a program, library, model,"
          + " disk or memory"),
  ANALYSES_ENDED(
      "AnalysesEnded",
      Unit.COUNT,
      Scope.DETAILED,
      "analyses, by the level of their verdict; failed ones as `failed`",
      Dimension.LEVEL),
  ANALYSES_FAILED(
      "AnalysesFailed", Unit.COUNT, Scope.DETAILED, "failed analyses, by why", Dimension.REASON),
  MEDIA_JUDGED(
      "MediaJudged",
      Unit.COUNT,
      Scope.DETAILED,
      "media in verdicts, by kind and by the level of each",
      Dimension.MODALITY,
      Dimension.LEVEL),
  ANALYSIS_DURATION(
      "AnalysisDuration",
      Unit.MILLISECONDS,
      Scope.STANDARD,
      "from the request to the verdict or the failure"),
  STAGE_DURATION(
      "StageDuration",
      Unit.MILLISECONDS,
      Scope.DETAILED,
      "where that time went: `queued`, `resolve`, `detect`, `vote`",
      Dimension.STAGE),
  PLATFORM_FAILURES(
      "PlatformFailures",
      Unit.COUNT,
      Scope.DETAILED,
      "links that gave no media, by platform and why",
      Dimension.PLATFORM,
      Dimension.REASON),
  DETECTOR_FAILURES(
      "DetectorFailures",
      Unit.COUNT,
      Scope.DETAILED,
      "reports of detectors that failed, by why; abstaining is no failure",
      Dimension.DETECTOR,
      Dimension.REASON),
  JOBS_LOST(
      "JobsLost",
      Unit.COUNT,
      Scope.STANDARD,
      "jobs given up because several workers were lost on them",
      Dimension.ENDPOINT),
  JOBS_ENDED(
      "JobsEnded",
      Unit.COUNT,
      Scope.DETAILED,
      "messages an endpoint was done with: `succeeded`, `handed-on` (sent on to the judge),"
          + " `failed`, `gone` (nobody waited any more), `unreadable`, `returned` (to be tried again),"
          + " `drained` (given back by a shutdown, or because a function's time was over)",
      Dimension.ENDPOINT,
      Dimension.OUTCOME),
  JOB_STAGE_DURATION(
      "JobStageDuration",
      Unit.MILLISECONDS,
      Scope.DETAILED,
      "where a job's time goes: `wait` for a free place, `cache`, `download`, `detect`, `save`",
      Dimension.ENDPOINT,
      Dimension.STAGE),
  QUEUE_WAIT(
      "QueueWait",
      Unit.MILLISECONDS,
      Scope.STANDARD,
      "from a job's sending to its first receive, cold starts included",
      Dimension.ENDPOINT),
  DEAD_WEBHOOKS(
      "DeadWebhooks",
      Unit.COUNT,
      Scope.STANDARD,
      "deliveries to webhooks given up because they were not accepted for a day"),
  MENTION_QUEUE_AGE(
      "MentionQueueAge",
      Unit.SECONDS,
      Scope.STANDARD,
      "how long the oldest open mention of the bot has waited"),
  FAILED_MENTIONS(
      "FailedMentions", Unit.COUNT, Scope.STANDARD, "mentions of the bot that were given up"),
  GPU_UTILIZATION(
      "GpuUtilization",
      Unit.PERCENT,
      Scope.STANDARD,
      "how busy an endpoint's GPU is",
      Dimension.ENDPOINT),
  GPU_MEMORY_USED(
      "GpuMemoryUsed",
      Unit.PERCENT,
      Scope.STANDARD,
      "how much of the GPU's memory is in use",
      Dimension.ENDPOINT),
  MODEL_SYNC_DURATION(
      "ModelSyncDuration",
      Unit.MILLISECONDS,
      Scope.STANDARD,
      "fetching models at the start of a container or of an instance of a CPU endpoint",
      Dimension.ENDPOINT),
  REFUSED_REQUESTS(
      "RefusedRequests",
      Unit.COUNT,
      Scope.STANDARD,
      "requests refused because their account made too many, or reached a cap");

  /**
   * Where a metric goes. CloudWatch charges for each metric with each combination of its
   * dimensions' values.
   */
  public enum Scope {
    /** Always a metric in CloudWatch. */
    STANDARD,
    /** A metric in CloudWatch if the deployment asks for it, otherwise fields of log lines. */
    DETAILED
  }

  /** Units, as CloudWatch names them. */
  public enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    SECONDS("Seconds"),
    PERCENT("Percent");

    private final String title;

    Unit(String title) {
      this.title = title;
    }

    /** The name in CloudWatch. */
    public String title() {
      return title;
    }
  }

  private final String title;
  private final Unit unit;
  private final Scope scope;
  private final String meaning;
  private final List<Dimension> dimensions;

  Metric(String title, Unit unit, Scope scope, String meaning, Dimension... dimensions) {
    this.title = title;
    this.unit = unit;
    this.scope = scope;
    this.meaning = meaning;
    this.dimensions = List.of(dimensions);
  }

  /** The name in CloudWatch. */
  public String title() {
    return title;
  }

  public Unit unit() {
    return unit;
  }

  public Scope scope() {
    return scope;
  }

  /** A phrase for the operator. */
  public String meaning() {
    return meaning;
  }

  public List<Dimension> dimensions() {
    return dimensions;
  }
}
