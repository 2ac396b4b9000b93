package org.touchstone.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Retry-After}: seconds, or a date as in RFC 1123. */
public final class RetryAfter {
  private RetryAfter() {}

  /**
   * How long a server wants to be left alone.
   *
   * @param value the header's value; null without one
   * @return empty when it says nothing that can be understood; never negative
   */
  public static Optional<Duration> read(String value, Instant now) {
    String text = value == null ? "" : value.strip();
    if (text.matches("[0-9]{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
