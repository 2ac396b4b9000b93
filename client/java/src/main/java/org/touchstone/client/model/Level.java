package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The result in a word, declared from the most to the least reassuring. Of several media the least
 * reassuring decides. trusted promises more than low, so it applies only when every medium is
 * trusted. A medium that could not be judged outranks both, so that a clean medium never hides it.
 */
public enum Level {
  @JsonProperty("trusted")
  TRUSTED,
  @JsonProperty("low")
  LOW,
  @JsonProperty("insufficient-evidence")
  INSUFFICIENT_EVIDENCE,
  @JsonProperty("uncertain")
  UNCERTAIN,
  @JsonProperty("high")
  HIGH,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
