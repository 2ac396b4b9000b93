package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How long an analysis is kept. */
public enum Retention {
  /** As long as the deployment keeps analyses. */
  @JsonProperty("default")
  DEFAULT,
  /** Until its result was delivered to a webhook, at most an hour after its end. */
  @JsonProperty("none")
  NONE
}
