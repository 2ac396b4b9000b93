package org.touchstone.mentions.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * The bot's configuration on one platform. Every field is optional.
 *
 * @param address the server; only for platforms of many servers and for trials
 * @param allowPrivate whether that server may lie at a private address: for the simulator only
 * @param monthlyCapUsd what calls may cost in a calendar month (UTC), in US dollars; paid calls
 *     stop at it. Absent for no cap
 * @param link whether replies link to the result; false by default
 * @param noMedia whether a mention without media gets a note, once in a thread; true by default
 * @param confirmOptOut whether an opt-out is confirmed; true by default
 * @param delay whether a late verdict is announced before the final reply, where the platform
 *     allows it; false by default
 * @param correct whether a reply is corrected after the level changed, where the platform allows
 *     it; false by default
 * @param perPerson mentions of one person in a day that are answered; 10 by default
 * @param perThread mentions in one thread in a day that are answered; 50 by default
 * @param perDay mentions in a day that are answered; 1,000 by default
 * @param blocked ids or handles of accounts that are not answered
 */
public record PlatformSettings(
    URI address,
    Boolean allowPrivate,
    BigDecimal monthlyCapUsd,
    Boolean link,
    Boolean noMedia,
    Boolean confirmOptOut,
    Boolean delay,
    Boolean correct,
    Integer perPerson,
    Integer perThread,
    Integer perDay,
    List<String> blocked) {
  /** All defaults. */
  public static final PlatformSettings DEFAULT =
      new PlatformSettings(null, null, null, null, null, null, null, null, null, null, null, null);

  private static final int PER_PERSON = 10;
  private static final int PER_THREAD = 50;
  private static final int PER_DAY = 1_000;
  private static final int MICROS = 6;

  public PlatformSettings {
    allowPrivate = Boolean.TRUE.equals(allowPrivate);
    link = Boolean.TRUE.equals(link);
    noMedia = !Boolean.FALSE.equals(noMedia);
    confirmOptOut = !Boolean.FALSE.equals(confirmOptOut);
    delay = Boolean.TRUE.equals(delay);
    correct = Boolean.TRUE.equals(correct);
    perPerson = limit(perPerson, PER_PERSON, "perPerson");
    perThread = limit(perThread, PER_THREAD, "perThread");
    perDay = limit(perDay, PER_DAY, "perDay");
    blocked = blocked == null ? List.of() : blocked.stream().map(PlatformSettings::bare).toList();
    if (monthlyCapUsd != null && monthlyCapUsd.signum() < 0) {
      throw new IllegalArgumentException("monthlyCapUsd must not be negative");
    }
  }

  private static int limit(Integer value, int byDefault, String name) {
    if (value != null && value < 0) {
      throw new IllegalArgumentException(name + " must not be negative");
    }
    return value == null ? byDefault : value;
  }

  private static String bare(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("@") ? lower.substring(1) : lower;
  }

  /** The monthly cap in millionths of a US dollar; null without one. */
  public Long capMicros() {
    return monthlyCapUsd == null ? null : monthlyCapUsd.movePointRight(MICROS).longValue();
  }

  /** Whether an account is not answered, by its id or handle. */
  public boolean blocks(String id, String handle) {
    return blocked.contains(bare(id)) || blocked.contains(bare(handle));
  }
}
