package org.touchstone.infra.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks the mention bot. */
final class BotRules {
  private static final Set<String> PLATFORMS = new TreeSet<>(Set.of("x", "mastodon", "bluesky"));
  private static final Set<String> LEVELS =
      new TreeSet<>(Set.of("low", "uncertain", "high", "trusted", "insufficient-evidence"));
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
  private static final Pattern SHAPE = Pattern.compile("touchstone|resolve-media");
  private static final Duration DEFAULT_MAX_AGE = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(30);
  private static final int DAY_MINUTES = 24 * 60;
  private static final int MOST_MENTIONS = 1_000_000;

  private final Problems problems;

  BotRules(Problems problems) {
    this.problems = problems;
  }

  void check(BotConfig bot) {
    if (bot == null) {
      return;
    }
    problems.require(
        !bot.platforms().isEmpty(),
        "bot.platforms: name a platform, such as x: {}, or remove the key bot.");
    problems.matches("bot.language", bot.language(), LANGUAGE, "a language such as en");
    Duration deadline = duration("bot.deadline", bot.deadline());
    Duration maxAge = duration("bot.maxAge", bot.maxAge());
    duration("bot.reuse", bot.reuse());
    problems.require(
        deadline == null || deadline.compareTo(maxAge == null ? DEFAULT_MAX_AGE : maxAge) <= 0,
        "bot.deadline: must not be longer than bot.maxAge.");
    for (String level : bot.approve() == null ? List.<String>of() : bot.approve()) {
      problems.require(
          LEVELS.contains(level),
          "bot.approve: \"" + level + "\" is not one of " + String.join(", ", LEVELS) + ".");
    }
    bot.platforms().forEach(this::platform);
    if (bot.analysis() != null) {
      problems.given("bot.analysis.url", bot.analysis().url());
      problems.matches(
          "bot.analysis.url",
          bot.analysis().url(),
          Names.HTTPS,
          "an address that begins with https://");
      problems.matches(
          "bot.analysis.shape", bot.analysis().shape(), SHAPE, "one of resolve-media, touchstone");
    }
  }

  private void platform(String name, BotConfig.Platform platform) {
    String key = "bot.platforms." + name;
    problems.require(
        PLATFORMS.contains(name),
        key + ": is not one of the platforms " + String.join(", ", PLATFORMS) + ".");
    if (platform == null) {
      problems.require(false, key + ": is empty; {} is an account with all defaults.");
      return;
    }
    problems.matches(
        key + ".address", platform.address(), Names.HTTPS, "an address that begins with https://");
    BigDecimal cap = platform.monthlyCapUsd();
    problems.require(
        cap == null || cap.signum() >= 0 && cap.compareTo(BigDecimal.valueOf(MOST_MENTIONS)) <= 0,
        key + ".monthlyCapUsd: is not an amount from 0 to " + MOST_MENTIONS + ".");
    problems.between(key + ".pollMinutes", platform.minutes(), 1, DAY_MINUTES);
    Map.of(
            "perPerson", optional(platform.perPerson()),
            "perThread", optional(platform.perThread()),
            "perDay", optional(platform.perDay()))
        .forEach((limit, value) -> problems.between(key + "." + limit, value, 0, MOST_MENTIONS));
  }

  private static int optional(Integer value) {
    return value == null ? 0 : value;
  }

  /** A duration; null when there is none or it is wrong. */
  private Duration duration(String key, String value) {
    if (value == null) {
      return null;
    }
    Duration duration;
    try {
      duration = Duration.parse(value);
    } catch (DateTimeParseException e) {
      duration = Duration.ZERO;
    }
    boolean holds = duration.isPositive() && duration.compareTo(MOST) <= 0;
    problems.require(
        holds, key + ": \"" + value + "\" is not a duration such as PT2H, of at most 30 days.");
    return holds ? duration : null;
  }
}
