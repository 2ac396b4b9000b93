package org.touchstone.domain.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The body that is posted to a receiver, in the form of Standard Webhooks.
 *
 * @param type what happened
 * @param timestamp when it happened
 * @param data about it: for {@code analysis.completed} and {@code analysis.failed} an {@link
 *     AnalysisData}
 */
public record WebhookMessage(EventType type, Instant timestamp, JsonNode data) {
  /** The body that tells of an event. */
  public static WebhookMessage of(WebhookEvent event) {
    return new WebhookMessage(event.type(), event.at(), event.data());
  }
}
