package org.touchstone.detectors.sound.recognition;

import org.touchstone.detectors.sound.Sound;

/**
 * Whisper's spectra ("Robust Speech Recognition via Large-Scale Weak Supervision", Radford et al.
 * 2022, section 2.2): windows of 25 ms every 10 ms under a Hann window, mel bands of equal area in
 * Slaney's scale from 0 to 8 kHz, the common logarithm of their power down to 8 below the largest,
 * plus 4, over 4. Thread-safe.
 */
public final class LogMel {
  /** Samples from one frame to the next. */
  public static final int HOP = 160;

  private static final double SMALLEST = 1e-10;
  private static final double RANGE = 8;

  /** Slaney's scale: 66.7 Hz a band up to 1 kHz, then logarithmic, 27 bands for a factor of 6.4. */
  private static final double LINEAR = 200.0 / 3;

  private static final double KNEE_HERTZ = 1000;
  private static final double KNEE_MEL = KNEE_HERTZ / LINEAR;
  private static final double LOGARITHMIC = Math.log(6.4) / 27;

  private final int frames;

  /** By band, the weights of the frequencies from the first one that counts. */
  private final double[][] weights;

  private final int[] first;

  /**
   * @param bands number of mel bands
   * @param frames of a spectrum
   */
  public LogMel(int bands, int frames) {
    this.frames = frames;
    this.weights = new double[bands][];
    this.first = new int[bands];
    double[] edges = new double[bands + 2];
    double top = mel(Sound.SAMPLE_RATE / 2.0);
    for (int i = 0; i < edges.length; i++) {
      edges[i] = hertz(top * i / (bands + 1));
    }
    double step = (double) Sound.SAMPLE_RATE / Transform.SIZE;
    for (int band = 0; band < bands; band++) {
      int from = (int) Math.floor(edges[band] / step) + 1;
      int to = (int) Math.min(Transform.BINS, Math.ceil(edges[band + 2] / step));
      first[band] = from;
      weights[band] = new double[Math.max(0, to - from)];
      for (int i = 0; i < weights[band].length; i++) {
        double frequency = (from + i) * step;
        double up = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
        double down = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
        weights[band][i] = Math.max(0, Math.min(up, down)) * 2 / (edges[band + 2] - edges[band]);
      }
    }
  }

  private static double mel(double hertz) {
    return hertz < KNEE_HERTZ
        ? hertz / LINEAR
        : KNEE_MEL + Math.log(hertz / KNEE_HERTZ) / LOGARITHMIC;
  }

  private static double hertz(double mel) {
    return mel < KNEE_MEL ? mel * LINEAR : KNEE_HERTZ * Math.exp(LOGARITHMIC * (mel - KNEE_MEL));
  }

  /** Samples of a spectrum. */
  public int samples() {
    return frames * HOP;
  }

  /**
   * @param samples of one spectrum, -1 to 1
   * @return {@code [bands][frames]} in row-major order
   */
  public float[] of(float[] samples) {
    int bands = weights.length;
    double[] mel = new double[bands * frames];
    double[] windowed = new double[Transform.SIZE];
    double[] power = new double[Transform.BINS];
    Transform transform = new Transform();
    double most = Double.NEGATIVE_INFINITY;
    for (int frame = 0; frame < frames; frame++) {
      for (int i = 0; i < Transform.SIZE; i++) {
        int at = reflected(frame * HOP + i - Transform.SIZE / 2, samples.length);
        windowed[i] = samples[at] * (0.5 - 0.5 * Transform.cosine(i));
      }
      transform.power(windowed, power);
      for (int band = 0; band < bands; band++) {
        double sum = 0;
        for (int i = 0; i < weights[band].length; i++) {
          sum += weights[band][i] * power[first[band] + i];
        }
        double value = Math.log10(Math.max(sum, SMALLEST));
        mel[band * frames + frame] = value;
        most = Math.max(most, value);
      }
    }
    float[] scaled = new float[mel.length];
    for (int i = 0; i < mel.length; i++) {
      scaled[i] = (float) ((Math.max(mel[i], most - RANGE) + 4) / 4);
    }
    return scaled;
  }

  private static int reflected(int at, int length) {
    int positive = Math.abs(at);
    return positive < length ? positive : 2 * (length - 1) - positive;
  }
}
