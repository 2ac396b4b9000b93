package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of medium something is; also names the track of a medium that a detector looks at. */
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
