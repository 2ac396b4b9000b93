package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an analysis is. */
public enum AnalysisStatus {
  @JsonProperty("queued")
  QUEUED,
  @JsonProperty("resolving")
  RESOLVING,
  @JsonProperty("detecting")
  DETECTING,
  @JsonProperty("voting")
  VOTING,
  @JsonProperty("complete")
  COMPLETE,
  @JsonProperty("failed")
  FAILED;

  public boolean isTerminal() {
    return this == COMPLETE || this == FAILED;
  }
}
