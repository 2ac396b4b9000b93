package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The kinds of events that webhooks report. */
public enum EventType {
  /** An analysis ended with a verdict. */
  ANALYSIS_COMPLETED("analysis.completed"),
  /** An analysis ended without a verdict. */
  ANALYSIS_FAILED("analysis.failed"),
  /** All analyses of a batch have ended. */
  BATCH_COMPLETED("batch.completed"),
  /** A cap of the account refused an analysis for the first time in its period. */
  CAP_REACHED("cap.reached"),
  /** A trial that the account asked for; it has no other meaning. */
  WEBHOOK_TEST("webhook.test");

  private final String code;

  EventType(String code) {
    this.code = code;
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static EventType of(String code) {
    return Arrays.stream(values())
        .filter(type -> type.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no such event"));
  }

  /** The name in messages and in the API. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Whether a webhook may ask for it; trials come without being asked for. */
  public boolean isSubscribable() {
    return this != WEBHOOK_TEST;
  }
}
