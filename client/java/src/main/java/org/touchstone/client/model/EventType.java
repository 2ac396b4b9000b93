package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of events that webhooks are told of. */
public enum EventType {
  @JsonProperty("analysis.completed")
  ANALYSIS_COMPLETED,
  @JsonProperty("analysis.failed")
  ANALYSIS_FAILED,
  @JsonProperty("batch.completed")
  BATCH_COMPLETED,
  @JsonProperty("cap.reached")
  CAP_REACHED,
  @JsonProperty("webhook.test")
  WEBHOOK_TEST,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
