package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A server that is told of events.
 *
 * @param id its id; callbacks stands for the callbacks of analyses
 * @param url where events are posted to; absent for callbacks
 * @param events the types that it is told of
 * @param description what it is for
 * @param endedAt since when it gets nothing because it answered 410 (Gone)
 */
public record Webhook(
    String id,
    String url,
    List<EventType> events,
    String description,
    Instant createdAt,
    Instant endedAt) {
  public Webhook {
    events = events == null ? List.of() : List.copyOf(events);
  }
}
