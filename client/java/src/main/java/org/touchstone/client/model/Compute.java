package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an endpoint's detectors run on, and what a detector needs. The endpoints of one kind are a
 * lane; the lane of CPUs starts within seconds, the lane of GPUs within minutes.
 */
public enum Compute {
  @JsonProperty("cpu")
  CPU,
  @JsonProperty("gpu")
  GPU,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
