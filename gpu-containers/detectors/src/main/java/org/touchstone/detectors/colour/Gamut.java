package org.touchstone.detectors.colour;

/** Primaries of red, green and blue. */
public enum Gamut {
  BT709(1, 0, 0, 0, 1, 0, 0, 0, 1),

  /** ITU-R BT.2020; the matrix is that of ITU-R BT.2087. */
  BT2020(1.6605, -0.5876, -0.0728, -0.1246, 1.1329, -0.0083, -0.0182, -0.1006, 1.1187),

  /** SMPTE EG 432-1 with the white point D65. */
  DISPLAY_P3(1.2249, -0.2247, 0, -0.0420, 1.0419, 0, -0.0197, -0.0786, 1.0979);

  private final float[] toBt709;

  Gamut(double... toBt709) {
    this.toBt709 = new float[toBt709.length];
    for (int i = 0; i < toBt709.length; i++) {
      this.toBt709[i] = (float) toBt709[i];
    }
  }

  /** Light in these primaries to light in those of BT.709; rows after one another. */
  float[] toBt709() {
    return toBt709;
  }
}
