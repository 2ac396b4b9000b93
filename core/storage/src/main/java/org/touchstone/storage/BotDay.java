package org.touchstone.storage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the bot did on a platform on one day (UTC).
 *
 * @param seen mentions that were recorded
 * @param replied replies that were posted
 * @param ignored mentions without a reply, by reason
 * @param failed mentions that were given up, by reason
 * @param latencyMillis sum over the final replies of the time from the mention to its reply, in
 *     milliseconds
 * @param timed how many replies that sum is of
 */
public record BotDay(
    long seen,
    long replied,
    Map<String, Long> ignored,
    Map<String, Long> failed,
    long latencyMillis,
    long timed) {
  /** A day without anything. */
  public static final BotDay NONE = new BotDay(0, 0, Map.of(), Map.of(), 0, 0);

  public BotDay {
    ignored = ignored == null ? Map.of() : Map.copyOf(ignored);
    failed = failed == null ? Map.of() : Map.copyOf(failed);
  }

  /** The sum of two. */
  public BotDay plus(BotDay other) {
    return new BotDay(
        seen + other.seen,
        replied + other.replied,
        sum(ignored, other.ignored),
        sum(failed, other.failed),
        latencyMillis + other.latencyMillis,
        timed + other.timed);
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> both = new TreeMap<>(a);
    b.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return both;
  }
}
