package org.touchstone.mentions.platform;

import java.util.Objects;
import java.util.Optional;

/**
 * The answer to a call.
 *
 * @param value the answer itself
 * @param rateLimit how much of the platform's limit for such calls is left; empty when it does not
 *     say
 * @param costMicros what the call cost by the platform's price list, in millionths of a US dollar
 */
public record Answer<T>(T value, Optional<RateLimit> rateLimit, long costMicros) {
  public Answer {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(rateLimit, "rateLimit");
  }

  /** The answer of a platform that charges nothing and says nothing of limits. */
  public static <T> Answer<T> of(T value) {
    return new Answer<>(value, Optional.empty(), 0);
  }
}
