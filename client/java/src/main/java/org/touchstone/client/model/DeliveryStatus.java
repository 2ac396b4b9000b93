package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * pending while attempts are made; delivered when the receiver accepted it; failed when it did not
 * for a day; ended when the receiver answered 410 or the webhook was deleted.
 */
public enum DeliveryStatus {
  @JsonProperty("pending")
  PENDING,
  @JsonProperty("delivered")
  DELIVERED,
  @JsonProperty("failed")
  FAILED,
  @JsonProperty("ended")
  ENDED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
