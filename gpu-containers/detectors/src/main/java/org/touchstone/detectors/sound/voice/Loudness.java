package org.touchstone.detectors.sound.voice;

import java.util.Arrays;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.domain.Reason;

/**
 * A plain rule for systems without a model of voice activity: what is much louder than the quietest
 * tenth of the sound, and not too quiet, may be speech. Even noise, tones and silence are not;
 * music with pauses is mistaken for speech.
 */
final class Loudness implements VoiceActivity {
  private static final int HOP = 512;

  /** Quieter than this, in decibels below full scale, nothing counts. */
  private static final double QUIET = -50;

  /** Decibels above the quietest tenth at which speech is as likely as not. */
  private static final double RISE = 12;

  /** Decibels for which the probability rises from 0 to 1. */
  private static final double SLOPE = 12;

  private static final double FLOOR = -100;
  private static final int BLOCK = 2000;

  @Override
  public String name() {
    return "loudness 1";
  }

  @Override
  public Speech find(Sound sound) {
    int frames = (int) ((sound.samples() + HOP - 1) / HOP);
    float[] decibels = new float[frames];
    for (int from = 0; from < frames; from += BLOCK) {
      if (Thread.currentThread().isInterrupted()) {
        throw new DetectionException(Reason.TIMEOUT, "It was stopped before it was done.");
      }
      int count = Math.min(BLOCK, frames - from);
      float[] samples = sound.window((long) from * HOP, count * HOP);
      for (int i = 0; i < count; i++) {
        decibels[from + i] = (float) level(samples, i * HOP);
      }
    }
    float[] sorted = decibels.clone();
    Arrays.sort(sorted);
    double usual = sorted[frames / 10];
    float[] probabilities = new float[frames];
    for (int i = 0; i < frames; i++) {
      probabilities[i] =
          decibels[i] < QUIET
              ? 0
              : (float) Math.clamp(0.5 + (decibels[i] - usual - RISE) / SLOPE, 0, 1);
    }
    return new SpeechRule(0.5, HOP).speech(probabilities, sound);
  }

  private static double level(float[] samples, int from) {
    double sum = 0;
    for (int i = from; i < from + HOP; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.max(FLOOR, 10 * Math.log10(sum / HOP));
  }
}
