package org.touchstone.billing;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What analyses cost. A version is never changed. An analysis costs what the list says that was in
 * force when it was accepted.
 *
 * @param version its name
 * @param currency ISO 4217 code
 * @param imageMicros price of an image, in millionths of the currency
 * @param videoMinuteMicros price of a video's started minute
 * @param audioMinuteMicros price of a sound recording's started minute
 * @param from since when it is in force
 */
public record PriceList(
    String version,
    String currency,
    long imageMicros,
    long videoMinuteMicros,
    long audioMinuteMicros,
    Instant from) {
  /** Most that a unit may cost: a million of the currency. */
  public static final long MAX_MICROS = 1_000_000_000_000L;

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  // After what its constructor needs.
  /** The list until an administrator publishes one: everything is free. */
  public static final PriceList FREE = new PriceList("free", "USD", 0, 0, 0, Instant.EPOCH);

  public PriceList {
    if (version == null || !VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "a version has 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    if (currency == null || !CURRENCY.matcher(currency).matches()) {
      throw new IllegalArgumentException("a currency is an ISO 4217 code such as USD");
    }
    requirePrice(imageMicros);
    requirePrice(videoMinuteMicros);
    requirePrice(audioMinuteMicros);
    Objects.requireNonNull(from, "from");
  }

  private static void requirePrice(long micros) {
    if (micros < 0 || micros > MAX_MICROS) {
      throw new IllegalArgumentException("a price is from 0 to " + MAX_MICROS + " millionths");
    }
  }

  /** The price of one unit, in millionths of the currency. */
  public long micros(Unit unit) {
    return switch (unit) {
      case IMAGE -> imageMicros;
      case VIDEO_MINUTE -> videoMinuteMicros;
      case AUDIO_MINUTE -> audioMinuteMicros;
    };
  }

  /** The price of the cheapest medium there can be, in millionths of the currency. */
  public long cheapestMicros() {
    return Math.min(imageMicros, Math.min(videoMinuteMicros, audioMinuteMicros));
  }

  /** All prices in a line for people. */
  public String text() {
    return "image %s, video minute %s, audio minute %s, from %s"
        .formatted(
            Money.text(imageMicros, currency),
            Money.text(videoMinuteMicros, currency),
            Money.text(audioMinuteMicros, currency),
            from);
  }
}
