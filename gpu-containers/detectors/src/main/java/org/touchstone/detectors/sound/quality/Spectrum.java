package org.touchstone.detectors.sound.quality;

import org.touchstone.detectors.sound.Sound;

/**
 * Power spectra of frames of {@value #FRAME} samples under a Hann window, by a radix-2 fast Fourier
 * transform. The power of a sine of amplitude a adds up to a&#178;/2 over its bins, that of noise
 * to its variance, so levels are comparable to those of the samples. Not thread-safe.
 */
final class Spectrum {
  /** Samples of a frame: 64 ms. */
  static final int FRAME = 1024;

  /** Samples from one frame to the next: 16 ms. */
  static final int HOP = 256;

  /** Bins of a spectrum, from 0 Hz to half the sample rate. */
  static final int BINS = FRAME / 2 + 1;

  /** Width of a bin, Hz. */
  static final double BIN_HERTZ = (double) Sound.SAMPLE_RATE / FRAME;

  private static final int BITS = Integer.numberOfTrailingZeros(FRAME);

  private final double[] window = new double[FRAME];
  private final double[] cosines = new double[FRAME / 2];
  private final double[] sines = new double[FRAME / 2];
  private final double scale;
  private final double[] real = new double[FRAME];
  private final double[] imaginary = new double[FRAME];

  Spectrum() {
    double squares = 0;
    for (int i = 0; i < FRAME; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
      squares += window[i] * window[i];
    }
    for (int i = 0; i < FRAME / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / FRAME);
      sines[i] = -Math.sin(2 * Math.PI * i / FRAME);
    }
    scale = 1 / (squares * FRAME);
  }

  /** The power of each bin, 0..{@value #BINS}-1, for the frame that begins at a sample. */
  double[] power(float[] samples, int from) {
    for (int i = 0; i < FRAME; i++) {
      int at = Integer.reverse(i) >>> (Integer.SIZE - BITS);
      real[at] = samples[from + i] * window[i];
      imaginary[at] = 0;
    }
    for (int half = 1; half < FRAME; half *= 2) {
      int stride = FRAME / (2 * half);
      for (int start = 0; start < FRAME; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(start + k, start + k + half, k * stride);
        }
      }
    }
    double[] power = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      double both = i == 0 || i == FRAME / 2 ? 1 : 2;
      power[i] = both * scale * (real[i] * real[i] + imaginary[i] * imaginary[i]);
    }
    return power;
  }

  private void butterfly(int upper, int lower, int angle) {
    double re = real[lower] * cosines[angle] - imaginary[lower] * sines[angle];
    double im = real[lower] * sines[angle] + imaginary[lower] * cosines[angle];
    real[lower] = real[upper] - re;
    imaginary[lower] = imaginary[upper] - im;
    real[upper] += re;
    imaginary[upper] += im;
  }
}
