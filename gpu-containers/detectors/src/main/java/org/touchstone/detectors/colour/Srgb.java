package org.touchstone.detectors.colour;

/** The transfer function of sRGB (IEC 61966-2-1). */
final class Srgb {
  private static final double OFFSET = 0.055;
  private static final double GAMMA = 2.4;
  private static final double SLOPE = 12.92;
  private static final double DARK = 0.0031308;

  private Srgb() {}

  static double light(double code) {
    return code <= DARK * SLOPE ? code / SLOPE : Math.pow((code + OFFSET) / (1 + OFFSET), GAMMA);
  }

  static double code(double light) {
    return light <= DARK ? light * SLOPE : (1 + OFFSET) * Math.pow(light, 1 / GAMMA) - OFFSET;
  }
}
