package org.touchstone.detectors.pipelines.windows;

import org.touchstone.detectors.sound.Sound;
import org.touchstone.models.Input;
import org.touchstone.models.Windowing;

/**
 * A sound cut into windows of one length, as a model's manifest says. They begin at every hop, up
 * to the one that reaches the end of the sound.
 */
final class SoundWindows {
  private final Sound sound;
  private final int length;
  private final Windowing way;
  private final float preemphasis;

  /**
   * @param input with windows of a fixed length
   */
  SoundWindows(Sound sound, Input.Waveform input) {
    this.sound = sound;
    this.length = input.samples();
    this.way = input.windowing();
    this.preemphasis = (float) way.preemphasis();
  }

  /** How many windows there are, at least one. */
  long count() {
    long samples = sound.samples();
    long toTheEnd = samples <= length ? 1 : 1 + Math.ceilDiv(samples - length, (long) way.hop());
    // With gaps between the windows, the last one could begin after the end.
    return Math.min(toTheEnd, Math.ceilDiv(samples, (long) way.hop()));
  }

  /** Start of a window, seconds. */
  double start(long window) {
    return (double) window * way.hop() / Sound.SAMPLE_RATE;
  }

  /** End of the sound in a window, seconds. */
  double end(long window) {
    return (double) (window * way.hop() + heard(window)) / Sound.SAMPLE_RATE;
  }

  private int heard(long window) {
    return (int) Math.min(length, sound.samples() - window * way.hop());
  }

  /** Whether nothing of a window is louder than a value, 0..1. */
  boolean isBelow(long window, float loudness) {
    for (float sample : sound.window(window * way.hop(), heard(window))) {
      if (Math.abs(sample) > loudness) {
        return false;
      }
    }
    return true;
  }

  /**
   * The samples of a window. Pre-emphasis is that of the whole clip: the first sample of a window
   * depends on the last one before it, and padding repeats what was filtered.
   */
  float[] samples(long window) {
    long from = window * way.hop();
    int heard = heard(window);
    float[] plain = sound.window(from - 1, heard + 1);
    float[] row = new float[length];
    for (int i = 0; i < heard; i++) {
      row[i] = plain[i + 1] - preemphasis * plain[i];
    }
    if (way.padding() == Windowing.Padding.REPEAT) {
      for (int i = heard; i < length; i++) {
        row[i] = row[i - heard];
      }
    }
    return row;
  }
}
