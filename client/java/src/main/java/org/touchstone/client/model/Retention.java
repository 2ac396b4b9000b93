package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How long an analysis is kept; none deletes it when its result was delivered to a webhook, at most
 * an hour after its end.
 */
public enum Retention {
  @JsonProperty("default")
  DEFAULT,
  @JsonProperty("none")
  NONE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
