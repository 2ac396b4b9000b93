package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * The open mentions of a platform and the platform's limits, as the last run found them.
 *
 * @param at when
 * @param open how many mentions were open
 * @param oldestSeconds since when the oldest of them waits, in seconds
 * @param remaining calls that the platform still accepted, by kind of call
 * @param capMicros the monthly cap in force, in millionths of a US dollar; absent without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotQueue(
    Instant at, int open, long oldestSeconds, Map<String, Long> remaining, Long capMicros) {
  public BotQueue {
    remaining = remaining == null ? Map.of() : Map.copyOf(remaining);
  }
}
