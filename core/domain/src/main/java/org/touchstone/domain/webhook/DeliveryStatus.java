package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a delivery is. */
public enum DeliveryStatus {
  /** An attempt is due, or under way. */
  @JsonProperty("pending")
  PENDING,
  /** The receiver accepted it. */
  @JsonProperty("delivered")
  DELIVERED,
  /** The receiver did not accept it for a day; no further attempt is made. */
  @JsonProperty("failed")
  FAILED,
  /** The receiver answered 410 (Gone), or the webhook was deleted; no further attempt is made. */
  @JsonProperty("ended")
  ENDED
}
