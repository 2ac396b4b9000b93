package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the bot has to know of a platform from one run to the next.
 *
 * @param cursor opaque; absent before the first poll is complete
 * @param pageToken opaque: where an interrupted poll goes on; absent at the start of a poll
 * @param limitedUntil before which calls of a kind are not made, by the kind's name
 * @param pausedUntil before which no call is made; absent when the platform is not paused
 * @param pausedFor why it is paused
 * @param polledAt when a poll was last completed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotState(
    String cursor,
    String pageToken,
    Map<String, Instant> limitedUntil,
    Instant pausedUntil,
    String pausedFor,
    Instant polledAt) {
  /** Nothing is known yet. */
  public static final BotState NONE = new BotState(null, null, Map.of(), null, null, null);

  public BotState {
    limitedUntil = limitedUntil == null ? Map.of() : Map.copyOf(limitedUntil);
  }

  /** A copy that has read a page. */
  public BotState at(String newCursor, String newPageToken, Instant completedAt) {
    return new BotState(
        newCursor,
        newPageToken,
        limitedUntil,
        pausedUntil,
        pausedFor,
        completedAt == null ? polledAt : completedAt);
  }

  /** A copy in which calls of a kind are not made before an instant. */
  public BotState limited(String call, Instant until) {
    Map<String, Instant> limits = new HashMap<>(limitedUntil);
    limits.put(call, until);
    return new BotState(cursor, pageToken, limits, pausedUntil, pausedFor, polledAt);
  }

  /** A copy in which no call is made before an instant. */
  public BotState paused(String why, Instant until) {
    return new BotState(cursor, pageToken, limitedUntil, until, why, polledAt);
  }

  /** A copy that goes on, because a call succeeded. */
  public BotState resumed() {
    return new BotState(cursor, pageToken, limitedUntil, null, null, polledAt);
  }

  /** Until when a call of a kind is not to be made; empty when it may be made now. */
  public Optional<Instant> blockedUntil(String call, Instant now) {
    Instant limit = limitedUntil.get(call);
    Instant later =
        pausedUntil != null && (limit == null || pausedUntil.isAfter(limit)) ? pausedUntil : limit;
    return Optional.ofNullable(later).filter(until -> until.isAfter(now));
  }
}
