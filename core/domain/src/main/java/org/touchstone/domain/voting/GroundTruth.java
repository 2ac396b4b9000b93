package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person found out about a track of a medium. */
public enum GroundTruth {
  /** Nobody looked, or nobody could tell. */
  @JsonProperty("unknown")
  UNKNOWN,
  @JsonProperty("authentic")
  AUTHENTIC,
  @JsonProperty("manipulated")
  MANIPULATED
}
