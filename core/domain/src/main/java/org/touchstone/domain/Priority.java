package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent an analysis is. */
public enum Priority {
  /** Somebody waits for it. */
  @JsonProperty("interactive")
  INTERACTIVE,
  /** It is one of many, and is done after everything interactive. */
  @JsonProperty("bulk")
  BULK
}
