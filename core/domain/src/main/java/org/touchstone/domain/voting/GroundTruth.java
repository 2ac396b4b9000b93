package org.touchstone.domain.voting;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A person's finding on a track of a medium. */
public enum GroundTruth {
  /** Nobody looked, or nobody could tell. */
  @JsonProperty("unknown")
  UNKNOWN,
  @JsonProperty("authentic")
  AUTHENTIC,
  @JsonProperty("manipulated")
  MANIPULATED
}
