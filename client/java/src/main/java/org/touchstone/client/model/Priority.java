package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent an analysis is. */
public enum Priority {
  @JsonProperty("interactive")
  INTERACTIVE,
  @JsonProperty("bulk")
  BULK,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
