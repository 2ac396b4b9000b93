package org.touchstone.mentions.platform;

import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What a platform allows and charges.
 *
 * @param maxReplies replies to one mention, of whatever kind; 1 on X
 * @param mayDelay whether a "taking longer" reply may be followed by the final one
 * @param mayCorrect whether a final reply may be followed by a correction
 * @param maxLength longest text of a reply, in the units of {@code length}
 * @param length a text's length as the platform counts it: weighted, graphemes, characters
 * @param prices what calls cost
 */
public record Traits(
    int maxReplies,
    boolean mayDelay,
    boolean mayCorrect,
    int maxLength,
    ToIntFunction<String> length,
    Prices prices) {
  public Traits {
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(prices, "prices");
    if (maxReplies < 1) {
      throw new IllegalArgumentException("a platform that allows no reply");
    }
  }

  /** Whether a text fits. */
  public boolean fits(String text) {
    return length.applyAsInt(text) <= maxLength;
  }
}
