package org.touchstone.detectors.sound;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link Waveform} of samples as they are decoded, before anyone knows how many there will
 * be: when there are too many parts, two become one. Not thread-safe.
 */
final class PeakMeter {
  /** Samples of the first parts: 20 ms. */
  private static final int SMALLEST = Sound.SAMPLE_RATE / 50;

  /** 16-bit amplitude of one step of 127. */
  private static final int STEP = 1 << 8;

  private static final int HIGHEST = 127;

  private final int[] peaks = new int[Waveform.MOST];
  private int count;
  private long size = SMALLEST;
  private long inLast;

  /** Adds the next samples. */
  void add(short[] samples, int many) {
    for (int i = 0; i < many; i++) {
      if (count == 0 || inLast == size) {
        begin();
      }
      peaks[count - 1] = Math.max(peaks[count - 1], Math.abs((int) samples[i]));
      inLast++;
    }
  }

  private void begin() {
    if (count == peaks.length) {
      for (int i = 0; i < count / 2; i++) {
        peaks[i] = Math.max(peaks[2 * i], peaks[2 * i + 1]);
      }
      count /= 2;
      size *= 2;
    }
    peaks[count++] = 0;
    inLast = 0;
  }

  Waveform waveform() {
    List<Integer> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(Math.min(HIGHEST, peaks[i] / STEP));
    }
    return new Waveform((double) size / Sound.SAMPLE_RATE, values);
  }
}
