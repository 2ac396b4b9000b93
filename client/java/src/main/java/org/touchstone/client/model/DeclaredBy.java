package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who says so in a platform's label. */
public enum DeclaredBy {
  @JsonProperty("author")
  AUTHOR,
  @JsonProperty("platform")
  PLATFORM,
  @JsonProperty("metadata")
  METADATA,
  @JsonProperty("watermark")
  WATERMARK,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
