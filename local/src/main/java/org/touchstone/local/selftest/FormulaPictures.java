package org.touchstone.local.selftest;

import org.touchstone.detectors.pixels.RgbImage;

/**
 * Pictures that anybody can make bit for bit: those for which the publisher of the Community
 * Forensics continuation gives scores (Sekinal/local-ai-image-signal, scripts/parity-fixtures.mjs).
 * At column x and row y, with the seed s, modulo 256:
 *
 * <pre>
 * r = x (13 + s) + y (3 + 2 s) + 17 s
 * g = x (5 + 2 s) + y (11 + s) + 29 s
 * b = (x xor y) + x s + 7 s
 * </pre>
 */
final class FormulaPictures {
  private FormulaPictures() {}

  static RgbImage of(int width, int height, int seed) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[at++] = (byte) (x * (13 + seed) + y * (3 + 2 * seed) + 17 * seed);
        data[at++] = (byte) (x * (5 + 2 * seed) + y * (11 + seed) + 29 * seed);
        data[at++] = (byte) ((x ^ y) + x * seed + 7 * seed);
      }
    }
    return new RgbImage(width, height, data);
  }
}
