package org.touchstone.detectors.sound.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.domain.Reason;

/**
 * About a second of a sound, with the spectra of its frames.
 *
 * @param samples -1..1; silence after the end of the sound
 * @param frames the power of each bin of each frame, {@code [frames][bins]}
 */
record Block(float[] samples, double[][] frames) {
  /** Frames of a block. */
  static final int FRAMES = 64;

  /** Samples of a block: 1.07 s. */
  static final int SAMPLES = Spectrum.FRAME + (FRAMES - 1) * Spectrum.HOP;

  /** Most blocks of a sound that are looked at; this bounds the time for sounds of any length. */
  static final int MOST = 120;

  /** The level of a frame without any sound, decibels relative to full scale. */
  private static final double FLOOR = -100;

  /** At most {@link #MOST} blocks at equal distances over a sound. */
  static void over(Sound sound, Consumer<Block> user) {
    long all = Math.max(1, sound.samples() / SAMPLES);
    int count = (int) Math.min(all, MOST);
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starts.add(i * all / count * SAMPLES);
    }
    read(sound, starts, user);
  }

  /**
   * At most {@link #MOST} blocks that begin in speech, at equal distances of it.
   *
   * @param speech with at least one stretch
   */
  static void over(Sound sound, Speech speech, Consumer<Block> user) {
    double length = (double) SAMPLES / Sound.SAMPLE_RATE;
    int count = (int) Math.clamp(Math.floor(speech.seconds() / length), 1, MOST);
    double step = speech.seconds() / count;
    List<Long> starts = new ArrayList<>();
    double before = 0;
    for (Segment segment : speech.segments()) {
      while (starts.size() < count && starts.size() * step < before + segment.seconds()) {
        double at = segment.start() + starts.size() * step - before;
        long latest = Math.max(0, sound.samples() - SAMPLES);
        starts.add(Math.min(latest, (long) (at * Sound.SAMPLE_RATE)));
      }
      before += segment.seconds();
    }
    read(sound, starts, user);
  }

  private static void read(Sound sound, List<Long> starts, Consumer<Block> user) {
    Spectrum spectrum = new Spectrum();
    for (long start : starts) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DetectionException(Reason.TIMEOUT, "It was stopped before it was done.");
      }
      float[] samples = sound.window(start, SAMPLES);
      double[][] frames = new double[FRAMES][];
      for (int i = 0; i < FRAMES; i++) {
        frames[i] = spectrum.power(samples, i * Spectrum.HOP);
      }
      user.accept(new Block(samples, frames));
    }
  }

  /** The level of a frame, decibels relative to full scale. */
  double level(int frame) {
    double sum = 0;
    for (double power : frames[frame]) {
      sum += power;
    }
    return decibels(sum);
  }

  /** A power in decibels relative to full scale, at least -100. */
  static double decibels(double power) {
    return Math.max(FLOOR, 10 * Math.log10(power));
  }
}
