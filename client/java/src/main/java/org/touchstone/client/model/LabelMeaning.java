package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a label says of a generator's part. */
public enum LabelMeaning {
  @JsonProperty("generated")
  GENERATED,
  @JsonProperty("edited")
  EDITED,
  @JsonProperty("possible")
  POSSIBLE,
  @JsonProperty("note")
  NOTE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
