package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a platform's label declares of a generator's part. */
public enum DeclaredExtent {
  @JsonProperty("generated")
  GENERATED,
  @JsonProperty("edited")
  EDITED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
