package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What an API key may be used for. analyse includes read; admin includes all. */
public enum Scope {
  @JsonProperty("analyse")
  ANALYSE,
  @JsonProperty("read")
  READ,
  @JsonProperty("label")
  LABEL,
  @JsonProperty("admin")
  ADMIN,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
