package org.touchstone.domain.speech;

import java.util.EnumSet;
import java.util.Set;

/**
 * Some words that a recogniser wrote.
 *
 * @param start seconds from the start of the sound
 * @param end seconds from the start of the sound, not before the start
 * @param text never blank
 * @param doubts why it may not be what was said; empty when the recogniser is sure
 */
public record Heard(double start, double end, String text, Set<Doubt> doubts) {
  /** Words count as long as this at least, seconds: some recognisers give both ends one time. */
  private static final double LEAST_SECONDS = 0.2;

  public Heard {
    doubts = Set.copyOf(doubts);
    if (!(start >= 0 && end >= start)) {
      throw new IllegalArgumentException("words end after they begin");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("words are not blank");
    }
  }

  public boolean isDoubtful() {
    return !doubts.isEmpty();
  }

  /** How much they count among others, seconds. */
  double weight() {
    return Math.max(LEAST_SECONDS, end - start);
  }

  /** A copy with one more doubt. */
  Heard with(Doubt doubt) {
    EnumSet<Doubt> more = EnumSet.of(doubt);
    more.addAll(doubts);
    return new Heard(start, end, text, more);
  }
}
