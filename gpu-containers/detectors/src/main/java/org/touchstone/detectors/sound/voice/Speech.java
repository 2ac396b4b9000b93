package org.touchstone.detectors.sound.voice;

import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody speaks in a sound.
 *
 * @param segments stretches of speech, in order of time, not overlapping
 */
public record Speech(List<Segment> segments) {
  public Speech {
    segments = List.copyOf(segments);
  }

  /**
   * A stretch of a sound.
   *
   * @param start seconds from the start of the sound
   * @param end seconds from the start of the sound
   */
  public record Segment(double start, double end) {
    public Segment {
      if (!(start >= 0 && end > start)) {
        throw new IllegalArgumentException("a segment has a length");
      }
    }

    public double seconds() {
      return end - start;
    }
  }

  /** How long somebody speaks, in seconds. */
  public double seconds() {
    return segments.stream().mapToDouble(Segment::seconds).sum();
  }

  /**
   * How long somebody speaks within a part of the sound, in seconds.
   *
   * @param from start of the part, seconds
   * @param to its end, seconds
   */
  public double secondsWithin(double from, double to) {
    double seconds = 0;
    for (int i = firstAfter(from); i < segments.size() && segments.get(i).start < to; i++) {
      Segment each = segments.get(i);
      seconds += Math.max(0, Math.min(to, each.end) - Math.max(from, each.start));
    }
    return seconds;
  }

  /** The first stretch that ends after a time, by halving: hours have tens of thousands. */
  private int firstAfter(double time) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).end > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * The stretches in as few windows as possible, without cutting a stretch: each begins and ends
   * with speech.
   *
   * @param most length of a window, seconds; at least that of the longest stretch
   */
  public List<Segment> windows(double most) {
    List<Segment> windows = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.seconds() > most) {
        throw new IllegalArgumentException("a stretch of speech is longer than a window");
      }
      if (!windows.isEmpty() && segment.end() - windows.getLast().start() <= most) {
        windows.set(windows.size() - 1, new Segment(windows.getLast().start(), segment.end()));
      } else {
        windows.add(segment);
      }
    }
    return List.copyOf(windows);
  }
}
