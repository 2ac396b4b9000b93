package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a detector's work on one medium ended. */
public enum ReportStatus {
  @JsonProperty("scored")
  SCORED,
  @JsonProperty("abstained")
  ABSTAINED,
  @JsonProperty("failed")
  FAILED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
