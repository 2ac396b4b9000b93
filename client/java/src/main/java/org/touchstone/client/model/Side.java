package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The side a vote supports. */
public enum Side {
  @JsonProperty("manipulated")
  MANIPULATED,
  @JsonProperty("authentic")
  AUTHENTIC,
  @JsonProperty("none")
  NONE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
