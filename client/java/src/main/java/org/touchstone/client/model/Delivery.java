package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * The delivery of an event to a webhook.
 *
 * @param id the event's id, which is the header webhook-id of every attempt
 * @param subject id of the thing that the event is about, such as an analysis
 * @param nextAttemptAt when the next attempt is due; absent when no more is made
 * @param attempts the attempts so far, oldest first
 */
public record Delivery(
    String id,
    EventType type,
    String subject,
    DeliveryStatus status,
    Instant createdAt,
    Instant nextAttemptAt,
    List<Attempt> attempts) {
  public Delivery {
    attempts = attempts == null ? List.of() : List.copyOf(attempts);
  }
}
