package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a medium, or of the track of a medium that a detector looks at. */
public enum Modality {
  @JsonProperty("video")
  VIDEO,
  @JsonProperty("image")
  IMAGE,
  @JsonProperty("audio")
  AUDIO,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
