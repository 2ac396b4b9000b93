package org.touchstone.detectors.sound.quality;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.domain.Reason;

/** Measures the {@link SoundQuality} of one sound. */
public final class QualityMeter {
  /** Samples of at least this value count as clipped; conversions lose the last bits. */
  private static final float FULL_SCALE = 0.999f;

  /** Below this level, decibels relative to full scale, a frame is digital silence. */
  private static final double SILENCE = -85;

  /** The band limit is where the power stays this far below that of the loudest band, decibels. */
  private static final double BAND_DROP = 60;

  /** Bins of a band: 250 Hz. */
  private static final int BAND = 16;

  private final double[] spectrum = new double[Spectrum.BINS];
  private final DoubleStream.Builder levels = DoubleStream.builder();
  private final SteadyTones tones = new SteadyTones();
  private final CallTones calls = new CallTones();
  private double power;
  private long frames;
  private long clipped;
  private long samples;

  private QualityMeter() {}

  /**
   * Measures a sound.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted
   */
  public static SoundQuality measure(Sound sound, Speech speech) {
    QualityMeter meter = new QualityMeter();
    boolean spoken = speech.seconds() >= SoundQuality.LEAST_SPEECH;
    Block.over(sound, meter::overall);
    if (spoken) {
      Block.over(sound, speech, meter::heard);
    } else {
      Block.over(sound, meter::heard);
    }
    double loudness = Block.decibels(meter.power / Math.max(1, meter.frames));
    return new SoundQuality(
        sound.source(),
        speech.seconds(),
        loudness,
        (double) meter.clipped / meter.samples,
        Math.min(meter.bandLimit(), sound.source().sampleRate() / 2),
        loudness - meter.noise(),
        meter.tones.steadiness(),
        meter.calls.share());
  }

  private void overall(Block block) {
    for (int i = 0; i < Block.FRAMES; i++) {
      levels.add(block.level(i));
    }
    calls.add(block);
  }

  private void heard(Block block) {
    for (int i = 0; i < Block.FRAMES; i++) {
      if (block.level(i) > SILENCE) {
        frames++;
        for (int k = 0; k < Spectrum.BINS; k++) {
          power += block.frames()[i][k];
          spectrum[k] += block.frames()[i][k];
        }
      }
    }
    for (float sample : block.samples()) {
      clipped += Math.abs(sample) >= FULL_SCALE ? 1 : 0;
    }
    samples += block.samples().length;
    tones.add(block);
  }

  /** The level below which a tenth of the frames with any sound lie, decibels. */
  private double noise() {
    double[] sorted = levels.build().filter(level -> level > SILENCE).sorted().toArray();
    return sorted.length == 0 ? SILENCE : sorted[sorted.length / 10];
  }

  private int bandLimit() {
    int bands = Spectrum.BINS / BAND;
    double[] power = new double[bands];
    for (int i = 0; i < bands * BAND; i++) {
      power[i / BAND] += spectrum[i];
    }
    double loudest = Block.decibels(Arrays.stream(power).max().orElse(0));
    int highest = bands;
    while (highest > 1 && Block.decibels(power[highest - 1]) < loudest - BAND_DROP) {
      highest--;
    }
    return (int) Math.round(highest * BAND * Spectrum.BIN_HERTZ);
  }
}
