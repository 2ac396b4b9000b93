package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A cap. Days and months are those of UTC. */
public enum CapLimit {
  @JsonProperty("analyses-per-day")
  ANALYSES_PER_DAY,
  @JsonProperty("analyses-per-month")
  ANALYSES_PER_MONTH,
  @JsonProperty("micros-per-day")
  MICROS_PER_DAY,
  @JsonProperty("micros-per-month")
  MICROS_PER_MONTH,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
