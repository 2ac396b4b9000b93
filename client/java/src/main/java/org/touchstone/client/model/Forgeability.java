package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How hard a label is to fake. */
public enum Forgeability {
  @JsonProperty("anybody")
  ANYBODY,
  @JsonProperty("platform")
  PLATFORM,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
