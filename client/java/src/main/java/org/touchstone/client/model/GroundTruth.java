package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A person's finding; unknown says that a person looked and could not tell. */
public enum GroundTruth {
  @JsonProperty("unknown")
  UNKNOWN,
  @JsonProperty("authentic")
  AUTHENTIC,
  @JsonProperty("manipulated")
  MANIPULATED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
