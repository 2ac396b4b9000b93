package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is counted; a minute that has begun counts whole. */
public enum Unit {
  @JsonProperty("image")
  IMAGE,
  @JsonProperty("video-minute")
  VIDEO_MINUTE,
  @JsonProperty("audio-minute")
  AUDIO_MINUTE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
