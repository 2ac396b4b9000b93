package org.touchstone.detectors.pipelines.windows;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.TimelineSegment;

/**
 * A part of a sound whose windows are high while those of the whole sound are not: a sentence that
 * was made by a machine and put between recorded ones.
 *
 * @param windows the windows of the part, in order of time
 */
record PartOfSound(List<TimelineSegment> windows) {
  /** Windows that must be high one after the other; a single one is a false alarm too often. */
  static final int LEAST = 3;

  /**
   * The longest run of high windows, of several the first one.
   *
   * @param timeline the windows that were heard, in order of time
   * @param high the score from which the model's authors speak of a fake
   * @return empty unless the run has {@value #LEAST} windows and others are not high
   */
  static Optional<PartOfSound> of(List<TimelineSegment> timeline, double high) {
    int bestFrom = 0;
    int best = 0;
    int length = 0;
    for (int i = 0; i < timeline.size(); i++) {
      length = timeline.get(i).score() >= high ? length + 1 : 0;
      if (length > best) {
        best = length;
        bestFrom = i + 1 - length;
      }
    }
    return best >= LEAST && best < timeline.size()
        ? Optional.of(new PartOfSound(List.copyOf(timeline.subList(bestFrom, bestFrom + best))))
        : Optional.empty();
  }

  double[] scores() {
    return windows.stream().mapToDouble(TimelineSegment::score).toArray();
  }

  /** Why its score can mean "uncertain" at most. */
  String doubt() {
    return "Only a part of the sound is high, from " + times() + ".";
  }

  Finding finding() {
    return new Finding("sound:part", "part of the sound", times());
  }

  private String times() {
    return String.format(
        Locale.ROOT, "%.1f to %.1f s", windows.getFirst().start(), windows.getLast().end());
  }
}
