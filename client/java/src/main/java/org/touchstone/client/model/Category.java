package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of evidence a detector looks for. */
public enum Category {
  @JsonProperty("faces")
  FACES,
  @JsonProperty("generative")
  GENERATIVE,
  @JsonProperty("noise")
  NOISE,
  @JsonProperty("voice")
  VOICE,
  @JsonProperty("semantic")
  SEMANTIC,
  @JsonProperty("forensic")
  FORENSIC,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
