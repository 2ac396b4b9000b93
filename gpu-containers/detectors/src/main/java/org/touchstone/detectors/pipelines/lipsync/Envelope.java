package org.touchstone.detectors.pipelines.lipsync;

import org.touchstone.detectors.sound.Sound;

/**
 * How loud a stretch of a sound is over time: the square root of its amplitude, {@value #RATE}
 * values a second, without changes slower than those of speech.
 *
 * @param start seconds of the first value from the start of the sound
 */
record Envelope(double start, double[] values) {
  static final int RATE = 50;

  private static final int HOP = Sound.SAMPLE_RATE / RATE;

  /** Values on each side over which it is smoothed: syllables are longer. */
  private static final int SMOOTH = 2;

  /** The envelope of a stretch; what lies outside the sound is silence. */
  static Envelope of(Sound sound, double start, double seconds) {
    int count = Math.max(1, (int) Math.ceil(seconds * RATE));
    float[] samples = sound.window(Math.round(start * Sound.SAMPLE_RATE), count * HOP);
    double[] loud = new double[count];
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int j = i * HOP; j < (i + 1) * HOP; j++) {
        sum += (double) samples[j] * samples[j];
      }
      loud[i] = Math.pow(sum / HOP, 0.25);
      times[i] = (double) i / RATE;
    }
    // The first value is about the middle of the first hop.
    return new Envelope(start + 0.5 / RATE, Series.quick(times, Series.smooth(loud, SMOOTH)));
  }

  /** The same sound the other way round: as loud, as quick, and unrelated. */
  Envelope reversed() {
    double[] back = new double[values.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = values[values.length - 1 - i];
    }
    return new Envelope(start, back);
  }

  /**
   * Its values at some times, between its own by straight lines; beyond its end it begins again.
   *
   * @param times seconds from the start of the sound
   */
  double[] at(double[] times, double later) {
    double[] found = new double[times.length];
    for (int i = 0; i < found.length; i++) {
      double place = (times[i] + later - start) * RATE;
      double whole = Math.floor(place);
      int index = Math.floorMod((long) whole, values.length);
      double part = place - whole;
      found[i] = (1 - part) * values[index] + part * values[(index + 1) % values.length];
    }
    return found;
  }
}
