package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A kind of content that detectors process. */
public enum Track {
  @JsonProperty("image")
  IMAGE,
  @JsonProperty("video")
  VIDEO,
  @JsonProperty("audio")
  AUDIO;

  /** The name in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
