package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
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
  FAILED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
