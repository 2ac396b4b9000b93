package org.touchstone.detectors.sound;

import java.util.List;

/**
 * The outline of a sound, for people to see: the highest amplitude of each of its equal parts.
 *
 * @param secondsPerPeak length of a part, seconds
 * @param peaks from the start of the sound, at most {@value #MOST} of them, each 0 to 127
 */
public record Waveform(double secondsPerPeak, List<Integer> peaks) {
  /** Most peaks of a sound, however long it is. */
  public static final int MOST = 2000;

  public Waveform {
    peaks = List.copyOf(peaks);
  }
}
