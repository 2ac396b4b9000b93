package org.touchstone.detectors.colour;

/** The perceptual quantiser of SMPTE ST 2084. */
final class Pq {
  static final double MAX_NITS = 10_000;

  private static final double M1 = 2610.0 / 16384;
  private static final double M2 = 2523.0 / 4096 * 128;
  private static final double C1 = 3424.0 / 4096;
  private static final double C2 = 2413.0 / 4096 * 32;
  private static final double C3 = 2392.0 / 4096 * 32;

  private Pq() {}

  /** Luminance of a code value, 0..1, in cd/m². */
  static double nits(double code) {
    double root = Math.pow(Math.max(0, code), 1 / M2);
    return MAX_NITS * Math.pow(Math.max(0, root - C1) / (C2 - C3 * root), 1 / M1);
  }

  /** Code value, 0..1, of a luminance in cd/m². */
  static double code(double nits) {
    double power = Math.pow(Math.max(0, nits) / MAX_NITS, M1);
    return Math.pow((C1 + C2 * power) / (1 + C3 * power), M2);
  }
}
