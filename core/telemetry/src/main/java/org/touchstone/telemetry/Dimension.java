package org.touchstone.telemetry;

/** A dimension of a metric. Every dimension has a small set of values. */
public enum Dimension {
  /** A verdict's level, or {@code failed}. */
  LEVEL("Level"),
  /** {@code image}, {@code video} or {@code audio}. */
  MODALITY("Modality"),
  /** A part of an analysis or of a job. */
  STAGE("Stage"),
  /** Why something failed: a code of {@code ProblemType}, or of {@code Reason} for detectors. */
  REASON("Reason"),
  /** A platform's name, or {@code web} for all other links. */
  PLATFORM("Platform"),
  /** A detector's name. */
  DETECTOR("Detector"),
  /** An endpoint's name. */
  ENDPOINT("Endpoint"),
  /** How a job ended. */
  OUTCOME("Outcome");

  private final String title;

  Dimension(String title) {
    this.title = title;
  }

  /** The name in CloudWatch. */
  public String title() {
    return title;
  }
}
