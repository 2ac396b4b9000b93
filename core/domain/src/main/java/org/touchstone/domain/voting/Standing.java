package org.touchstone.domain.voting;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Verdict.Level;

/**
 * A level and, where there is one, the probability of manipulation.
 *
 * @param confidence absent when nothing was measured
 */
record Standing(Level level, Double confidence) {

  /**
   * The standing of several parts taken together: the least reassuring level, with the highest
   * probability among them. The probability is absent when no part at that level has one, so that a
   * part with a low score never lends its number to a part that was not judged.
   *
   * @param parts at least one
   */
  static Standing worst(List<Standing> parts) {
    Level level = parts.stream().map(Standing::level).max(Comparator.naturalOrder()).orElseThrow();
    boolean measured = parts.stream().anyMatch(p -> p.level == level && p.confidence != null);
    Double confidence =
        measured
            ? parts.stream()
                .map(Standing::confidence)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow()
            : null;
    return new Standing(level, confidence);
  }
}
