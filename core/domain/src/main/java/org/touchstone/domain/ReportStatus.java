package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a detector's work on one medium ended. */
public enum ReportStatus {
  /** It gave a score. */
  @JsonProperty("scored")
  SCORED,
  /** It had a reason not to give a score. Carries no weight in any vote. */
  @JsonProperty("abstained")
  ABSTAINED,
  /** It should have given a score and could not. Carries no weight in any vote. */
  @JsonProperty("failed")
  FAILED
}
