package org.touchstone.models;

import java.util.Objects;

/**
 * How sound becomes rows of one length.
 *
 * @param preemphasis what share of the sample before is subtracted from each, 0..1; 0 leaves sound
 *     as it is. It runs over the whole clip, whose first sample stays
 * @param padding what follows where the clip ends before the row
 * @param hop samples from the start of one row to the start of the next; 0 when rows have no fixed
 *     length
 */
public record Windowing(double preemphasis, Padding padding, int hop) {
  public Windowing {
    Objects.requireNonNull(padding, "padding");
    if (!(preemphasis >= 0 && preemphasis <= 1) || hop < 0) {
      throw new IllegalArgumentException("not a way to cut sound");
    }
  }

  /** Plain rows, one after the other. */
  public static Windowing of(int samples) {
    return new Windowing(0, Padding.REPEAT, samples);
  }

  /** What follows where a clip ends before a row. */
  public enum Padding {
    /** The row's own sound again, from its start. */
    REPEAT,
    /** Silence. */
    ZEROS
  }
}
