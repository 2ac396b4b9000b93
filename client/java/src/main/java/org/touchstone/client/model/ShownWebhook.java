package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A webhook with its newest secret.
 *
 * @param secret what its messages are signed with, whsec_ and the key in Base64. It is shown in
 *     this answer only.
 */
public record ShownWebhook(
    String id,
    String url,
    List<EventType> events,
    String description,
    Instant createdAt,
    Instant endedAt,
    String secret) {
  public ShownWebhook {
    events = events == null ? List.of() : List.copyOf(events);
  }

  /** Without what must not get into a log. */
  @Override
  public String toString() {
    return "ShownWebhook[id=" + id + "]";
  }
}
