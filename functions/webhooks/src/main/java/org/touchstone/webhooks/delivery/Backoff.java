package org.touchstone.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.touchstone.storage.StoredDelivery;

/**
 * When a delivery is attempted again: after ever longer pauses, over a day. Pauses are up to a
 * tenth longer, so that deliveries which failed together are not repeated together.
 */
final class Backoff {
  /** From the first attempt on, or from the one that the account asked for. */
  static final Duration DAY = Duration.ofHours(24);

  /** The longest pause that a receiver may ask for. */
  static final Duration LONGEST_WISH = Duration.ofHours(6);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(9));

  /** After an attempt so late in the day no other is made. */
  private static final Duration TOO_LATE = Duration.ofMinutes(30);

  private static final int JITTER_STEPS = 100;
  private static final int JITTER_SHARE = 10;

  private Backoff() {}

  /**
   * When the next attempt is due.
   *
   * @param delivery as it was before the attempt that failed
   * @param failedAt when that attempt ended
   * @param wish how long the receiver wants to be left alone
   * @return at the latest the end of the day; empty when it is over
   */
  static Optional<Instant> next(
      StoredDelivery delivery, Instant failedAt, Optional<Duration> wish) {
    long made =
        delivery.attempts().stream()
            .filter(attempt -> !attempt.at().isBefore(delivery.since()))
            .count();
    Duration pause = PAUSES.get((int) Math.min(made, PAUSES.size() - 1L));
    int share = Math.floorMod(delivery.id().hashCode() + (int) made, JITTER_STEPS);
    Duration longer = pause.multipliedBy(share).dividedBy((long) JITTER_STEPS * JITTER_SHARE);
    Instant end = delivery.since().plus(DAY);
    if (failedAt.isAfter(end.minus(TOO_LATE))) {
      return Optional.empty();
    }
    Duration asked = wish.orElse(Duration.ZERO);
    Duration bounded = asked.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : asked;
    Duration due = pause.plus(longer);
    Instant next = failedAt.plus(due.compareTo(bounded) > 0 ? due : bounded);
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
