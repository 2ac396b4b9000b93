package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a medium, or of the track of a medium that a detector looks at. */
public enum Modality {
  @JsonProperty("video")
  VIDEO,
  @JsonProperty("image")
  IMAGE,
  @JsonProperty("audio")
  AUDIO;

  /** The JSON name, which is also the default name of the endpoint that serves this modality. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
