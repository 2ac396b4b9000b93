package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the bot does on a platform.
 *
 * @param platform the platform
 * @param polledAt when a poll was last completed; absent before the first
 * @param pausedFor why no call is made at present; absent when calls are made
 * @param pausedUntil when calls are tried again
 * @param limitedUntil calls that the platform accepts only later, by kind of call
 * @param queue open mentions and the rate limits left, as the last run found them
 * @param today the figures of this day (UTC)
 * @param latencySeconds mean time from a mention to its final reply today; absent without a reply
 * @param held replies that wait for a person
 * @param dead mentions that were given up
 * @param spentMicros money held or spent this month, in millionths of a US dollar
 * @param capReached whether the cap refused a paid call this month
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotHealth(
    String platform,
    Instant polledAt,
    String pausedFor,
    Instant pausedUntil,
    Map<String, Instant> limitedUntil,
    BotQueue queue,
    BotDay today,
    Double latencySeconds,
    int held,
    int dead,
    long spentMicros,
    boolean capReached) {
  private static final double MILLIS = 1000;

  /** Reads how the bot does now. */
  public static BotHealth of(String platform, BotStore bot, MentionStore mentions, Instant now) {
    BotState state = bot.state(platform);
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    BotDay today = bot.day(platform, day);
    BotStore.Spend spend = bot.spent(platform, YearMonth.from(day));
    Optional<Instant> paused =
        Optional.ofNullable(state.pausedUntil()).filter(until -> until.isAfter(now));
    return new BotHealth(
        platform,
        state.polledAt(),
        paused.isPresent() ? state.pausedFor() : null,
        paused.orElse(null),
        state.limitedUntil().entrySet().stream()
            .filter(limit -> limit.getValue().isAfter(now))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        bot.queue(platform).orElse(null),
        today,
        today.timed() == 0 ? null : today.latencyMillis() / MILLIS / today.timed(),
        mentions.held(platform).size(),
        mentions.dead(platform).size(),
        spend.micros(),
        spend.refused() > 0);
  }
}
