package org.touchstone.mentions.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.domain.Verdict;

/**
 * The bot's configuration. Every field is optional.
 *
 * @param language of replies to mentions and people of other languages; {@code en} by default
 * @param deadline how long a mention waits for a verdict before the bot says that it is taking
 *     longer; two hours by default
 * @param maxAge older mentions are not answered, and open ones are given up after it; a day by
 *     default
 * @param reuse how long the analysis of a post serves further mentions of it; a week by default
 * @param approve levels whose replies a person has to release; none by default
 * @param platforms the platforms with an account, by name
 */
public record BotSettings(
    String language,
    Duration deadline,
    Duration maxAge,
    Duration reuse,
    Set<Verdict.Level> approve,
    Map<String, PlatformSettings> platforms) {
  private static final String DEFAULT_LANGUAGE = "en";
  private static final Duration DEFAULT_DEADLINE = Duration.ofHours(2);
  private static final Duration DEFAULT_MAX_AGE = Duration.ofDays(1);
  private static final Duration DEFAULT_REUSE = Duration.ofDays(7);

  public BotSettings {
    language = language == null ? DEFAULT_LANGUAGE : language;
    deadline = positive(deadline, DEFAULT_DEADLINE, "deadline");
    maxAge = positive(maxAge, DEFAULT_MAX_AGE, "maxAge");
    reuse = positive(reuse, DEFAULT_REUSE, "reuse");
    approve = approve == null ? Set.of() : Set.copyOf(approve);
    platforms = platforms == null ? Map.of() : Map.copyOf(platforms);
    if (deadline.compareTo(maxAge) > 0) {
      throw new IllegalArgumentException("deadline must not be longer than maxAge");
    }
  }

  private static Duration positive(Duration value, Duration byDefault, String name) {
    Duration used = value == null ? byDefault : value;
    if (used.isNegative() || used.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
    return used;
  }

  /**
   * Reads a configuration.
   *
   * @param json its form in JSON; durations as ISO 8601 has them, such as {@code PT2H}
   * @throws IllegalArgumentException when it is not valid; the message says what is wrong
   */
  public static BotSettings read(String json) {
    try {
      BotSettings settings = Json.read(json.getBytes(StandardCharsets.UTF_8), BotSettings.class);
      if (settings == null) {
        throw new IllegalArgumentException("The bot's settings are empty.");
      }
      return settings;
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("The bot's settings are not valid: " + reason(e), e);
    }
  }

  private static String reason(UncheckedIOException e) {
    return e.getCause() instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : e.getMessage();
  }
}
