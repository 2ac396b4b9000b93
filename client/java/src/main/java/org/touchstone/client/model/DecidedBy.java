package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What gives a level, a person's label on the medium or its verified source. */
public enum DecidedBy {
  @JsonProperty("label")
  LABEL,
  @JsonProperty("source")
  SOURCE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
