package org.touchstone.domain.speech;

import java.util.List;
import java.util.Optional;
import org.touchstone.domain.MediaItem;

/** A sound that is to be written down: one channel, read by window. */
public interface Recording {
  /** Samples of a second. */
  int SAMPLE_RATE = 16_000;

  /**
   * A stretch of a sound.
   *
   * @param start seconds from the start of the sound
   * @param end seconds from the start of the sound
   */
  record Stretch(double start, double end) {
    public Stretch {
      if (!(start >= 0 && end > start)) {
        throw new IllegalArgumentException("a stretch has a length");
      }
    }

    public double seconds() {
      return end - start;
    }

    /** How much of it lies between two times, seconds. */
    public double within(double from, double to) {
      return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
  }

  /** Length of the sound, seconds. */
  double seconds();

  /**
   * Samples of a window, -1..1; parts outside of the sound are silence.
   *
   * @param from start, seconds
   * @param seconds length of the window, seconds
   */
  float[] window(double from, double seconds);

  /** Where somebody speaks, in order of time; no stretch is longer than 30 seconds. */
  List<Stretch> speech();

  /** The medium that the sound is of, as it lies in the deployment's own store. */
  default Optional<MediaItem> medium() {
    return Optional.empty();
  }

  /** How long somebody speaks, seconds. */
  default double speechSeconds() {
    return speech().stream().mapToDouble(Stretch::seconds).sum();
  }
}
