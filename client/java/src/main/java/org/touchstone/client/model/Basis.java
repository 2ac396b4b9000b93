package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a likelihood ratio rests on. */
public enum Basis {
  @JsonProperty("counted")
  COUNTED,
  @JsonProperty("doubtful")
  DOUBTFUL,
  @JsonProperty("claim")
  CLAIM,
  @JsonProperty("uncalibrated")
  UNCALIBRATED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
