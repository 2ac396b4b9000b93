package org.touchstone.domain.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A server of an account that is told of events, without its secrets.
 *
 * @param id its id
 * @param url the address that events are posted to; absent for {@link #CALLBACKS}
 * @param events the types that it is told of; absent or empty in a request for all
 * @param description what it is for, as its maker said; absent if nothing was said
 * @param createdAt when it was made
 * @param endedAt since when it gets nothing because it answered 410 (Gone); absent while it is told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
    String id,
    String url,
    Set<EventType> events,
    String description,
    Instant createdAt,
    Instant endedAt) {
  /**
   * The id that stands for the callbacks of an account's analyses. It has secrets and deliveries
   * like a webhook; each delivery has the address that its request named.
   */
  public static final String CALLBACKS = "callbacks";

  public Webhook {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(createdAt, "createdAt");
    EnumSet<EventType> ordered = EnumSet.noneOf(EventType.class);
    ordered.addAll(events == null ? Set.of() : events);
    events = Collections.unmodifiableSet(ordered);
  }

  /** Whether it is told of events of a type now. */
  public boolean isToldOf(EventType type) {
    return endedAt == null && events.contains(type);
  }

  /** Whether it stands for callbacks of analyses. */
  public boolean isOfCallbacks() {
    return id.equals(CALLBACKS);
  }

  /** A copy that has ended; the first end holds, and callbacks have none. */
  public Webhook ended(Instant at) {
    return endedAt != null || isOfCallbacks()
        ? this
        : new Webhook(id, url, events, description, createdAt, at);
  }
}
