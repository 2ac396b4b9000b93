package org.touchstone.telemetry;

import java.util.List;

/**
 * Touchstone's own metrics; {@code docs/metrics.md} lists them for the operator. A metric is always
 * written with all of its dimensions.
 */
public enum Metric {
  ANALYSES_ACCEPTED("AnalysesAccepted", Unit.COUNT, "requests for an analysis that were accepted"),
  ANALYSES_ENDED(
      "AnalysesEnded",
      Unit.COUNT,
      "analyses, by the level of their verdict; failed ones as `failed`",
      Dimension.LEVEL),
  ANALYSES_FAILED("AnalysesFailed", Unit.COUNT, "failed analyses, by why", Dimension.REASON),
  MEDIA_JUDGED(
      "MediaJudged",
      Unit.COUNT,
      "media in verdicts, by kind and by the level of each",
      Dimension.MODALITY,
      Dimension.LEVEL),
  ANALYSIS_DURATION(
      "AnalysisDuration", Unit.MILLISECONDS, "from the request to the verdict or the failure"),
  STAGE_DURATION(
      "StageDuration",
      Unit.MILLISECONDS,
      "where that time went: `queued`, `resolve`, `detect`, `vote`",
      Dimension.STAGE),
  PLATFORM_FAILURES(
      "PlatformFailures",
      Unit.COUNT,
      "links that gave no media, by platform and why",
      Dimension.PLATFORM,
      Dimension.REASON),
  DETECTOR_FAILURES(
      "DetectorFailures",
      Unit.COUNT,
      "reports of detectors that failed, by why; abstaining is no failure",
      Dimension.DETECTOR,
      Dimension.REASON),
  JOBS_LOST(
      "JobsLost",
      Unit.COUNT,
      "jobs given up because several workers were lost on them",
      Dimension.ENDPOINT),
  JOBS_ENDED(
      "JobsEnded",
      Unit.COUNT,
      "messages an endpoint was done with: `succeeded`, `failed`, `gone` (nobody waited any more),"
          + " `unreadable`, `returned` (to be tried again), `drained` (given back by a shutdown)",
      Dimension.ENDPOINT,
      Dimension.OUTCOME),
  JOB_STAGE_DURATION(
      "JobStageDuration",
      Unit.MILLISECONDS,
      "where a job's time goes: `wait` for a free place, `cache`, `download`, `detect`, `save`",
      Dimension.ENDPOINT,
      Dimension.STAGE),
  QUEUE_WAIT(
      "QueueWait",
      Unit.MILLISECONDS,
      "from a job's sending to its first receive, cold starts included",
      Dimension.ENDPOINT),
  GPU_UTILIZATION(
      "GpuUtilization", Unit.PERCENT, "how busy an endpoint's GPU is", Dimension.ENDPOINT),
  GPU_MEMORY_USED(
      "GpuMemoryUsed", Unit.PERCENT, "how much of the GPU's memory is in use", Dimension.ENDPOINT),
  MODEL_SYNC_DURATION(
      "ModelSyncDuration",
      Unit.MILLISECONDS,
      "fetching models at a container's start",
      Dimension.ENDPOINT);

  /** Units, as CloudWatch names them. */
  public enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
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
  private final String meaning;
  private final List<Dimension> dimensions;

  Metric(String title, Unit unit, String meaning, Dimension... dimensions) {
    this.title = title;
    this.unit = unit;
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

  /** A phrase for the operator. */
  public String meaning() {
    return meaning;
  }

  public List<Dimension> dimensions() {
    return dimensions;
  }
}
