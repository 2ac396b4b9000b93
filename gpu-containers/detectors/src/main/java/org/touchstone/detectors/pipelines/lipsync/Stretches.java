package org.touchstone.detectors.pipelines.lipsync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;

/**
 * Which stretches of a video are looked at: those of at most {@value #LONGEST} s in which most is
 * spoken, the first of equals, none overlapping another, at most {@value #MOST} of them. Each
 * begins {@value #BEFORE} s before somebody begins to speak, so that a mouth that opens is seen
 * closed.
 */
final class Stretches {
  /** Length of a stretch, seconds. */
  static final double LONGEST = 20;

  /** How many are tried. */
  static final int MOST = 3;

  private static final double BEFORE = 0.5;

  private Stretches() {}

  /**
   * A stretch.
   *
   * @param start seconds from the start of the sound
   * @param end seconds from the start of the sound
   * @param speech seconds in it during which somebody speaks
   */
  record Stretch(double start, double end, double speech) {
    private boolean overlaps(Stretch other) {
      return start < other.end && other.start < end;
    }
  }

  /** The stretches, the one with most speech first. */
  static List<Stretch> of(Speech speech, double soundSeconds) {
    List<Stretch> all = new ArrayList<>();
    for (Segment first : speech.segments()) {
      double start = Math.max(0, first.start() - BEFORE);
      double end = Math.min(soundSeconds, start + LONGEST);
      all.add(new Stretch(start, end, speech.secondsWithin(start, end)));
    }
    all.sort(
        Comparator.comparingDouble(Stretch::speech).reversed().thenComparingDouble(Stretch::start));
    List<Stretch> chosen = new ArrayList<>();
    for (Stretch next : all) {
      if (chosen.size() < MOST && chosen.stream().noneMatch(next::overlaps)) {
        chosen.add(next);
      }
    }
    return List.copyOf(chosen);
  }
}
