package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a batch is. */
public enum BatchStatus {
  @JsonProperty("running")
  RUNNING,
  @JsonProperty("cancelling")
  CANCELLING,
  @JsonProperty("cancelled")
  CANCELLED,
  @JsonProperty("complete")
  COMPLETE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
