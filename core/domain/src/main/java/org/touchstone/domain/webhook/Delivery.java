package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The delivery of an event to a webhook, as the API shows it.
 *
 * @param id the event's id, which is the header {@code webhook-id} of every attempt
 * @param type what happened
 * @param subject id of the thing that it happened to
 * @param status how far it is
 * @param createdAt when it was first due
 * @param nextAttemptAt when the next attempt is due; absent when no more is made
 * @param attempts the attempts so far, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    String id,
    EventType type,
    String subject,
    DeliveryStatus status,
    Instant createdAt,
    Instant nextAttemptAt,
    List<Attempt> attempts) {
  public Delivery {
    attempts = List.copyOf(attempts);
  }
}
