package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How several looks became one score. */
public enum Combination {
  @JsonProperty("single")
  SINGLE,
  @JsonProperty("mean")
  MEAN,
  @JsonProperty("median")
  MEDIAN,
  @JsonProperty("maximum")
  MAXIMUM,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
