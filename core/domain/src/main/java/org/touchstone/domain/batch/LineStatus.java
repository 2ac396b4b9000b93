package org.touchstone.domain.batch;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a line of a batch is. */
public enum LineStatus {
  /** Its analysis has not been started. */
  @JsonProperty("waiting")
  WAITING,
  /** Its analysis has been started and has not ended. */
  @JsonProperty("running")
  RUNNING,
  /** Its analysis has a verdict. */
  @JsonProperty("complete")
  COMPLETE,
  /** Its analysis has failed. */
  @JsonProperty("failed")
  FAILED,
  /** Its analysis was not accepted, as when a cap was reached. */
  @JsonProperty("refused")
  REFUSED,
  /** The batch was cancelled before its analysis was started. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** Whether nothing more happens to the line. */
  public boolean isFinal() {
    return this != WAITING && this != RUNNING;
  }
}
