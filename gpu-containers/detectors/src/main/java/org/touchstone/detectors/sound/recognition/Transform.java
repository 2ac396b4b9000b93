package org.touchstone.detectors.sound.recognition;

/**
 * The power spectrum of 400 samples, by two steps of 20 (Cooley and Tukey 1965): the sample 20 a +
 * b contributes to the frequency c + 20 d. In double precision. Not thread-safe.
 */
final class Transform {
  static final int SIZE = 400;

  /** Frequencies from 0 to half the sample rate. */
  static final int BINS = SIZE / 2 + 1;

  private static final int FACTOR = 20;

  private static final double[] COSINE = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      COSINE[i] = Math.cos(2 * Math.PI * i / SIZE);
    }
  }

  private final double[] real = new double[SIZE];
  private final double[] imaginary = new double[SIZE];

  /** The cosine of a number of 400ths of a turn. */
  static double cosine(int turn) {
    return COSINE[turn % SIZE];
  }

  private static double minusSine(int turn) {
    return COSINE[(turn + SIZE / 4) % SIZE];
  }

  /**
   * @param samples 400
   * @param power receives 201 squared magnitudes
   */
  void power(double[] samples, double[] power) {
    for (int b = 0; b < FACTOR; b++) {
      for (int c = 0; c < FACTOR; c++) {
        double re = 0;
        double im = 0;
        for (int a = 0; a < FACTOR; a++) {
          double x = samples[FACTOR * a + b];
          int turn = FACTOR * (a * c % FACTOR);
          re += x * COSINE[turn];
          im += x * minusSine(turn);
        }
        double cos = COSINE[b * c];
        double sin = minusSine(b * c);
        real[FACTOR * c + b] = re * cos - im * sin;
        imaginary[FACTOR * c + b] = re * sin + im * cos;
      }
    }
    for (int bin = 0; bin < BINS; bin++) {
      int c = bin % FACTOR;
      int d = bin / FACTOR;
      double re = 0;
      double im = 0;
      for (int b = 0; b < FACTOR; b++) {
        int turn = FACTOR * (b * d % FACTOR);
        double cos = COSINE[turn];
        double sin = minusSine(turn);
        re += real[FACTOR * c + b] * cos - imaginary[FACTOR * c + b] * sin;
        im += real[FACTOR * c + b] * sin + imaginary[FACTOR * c + b] * cos;
      }
      power[bin] = re * re + im * im;
    }
  }
}
