package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody thinks of a verdict. */
public enum Opinion {
  @JsonProperty("agree")
  AGREE,
  @JsonProperty("disagree")
  DISAGREE,
  @JsonProperty("unsure")
  UNSURE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
