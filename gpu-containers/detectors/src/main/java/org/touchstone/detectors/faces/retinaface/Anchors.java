package org.touchstone.detectors.faces.retinaface;

/**
 * The squares that RetinaFace's answers are relative to: two sizes at each place of three grids,
 * one grid after the other, each row by row ("RetinaFace: Single-stage Dense Face Localisation in
 * the Wild", Deng et al. 2019; sizes and strides of its MobileNet variant).
 */
final class Anchors {
  private static final int[] STRIDES = {8, 16, 32};
  private static final int[][] SIZES = {{16, 32}, {64, 128}, {256, 512}};

  private final float[] squares;

  private Anchors(float[] squares) {
    this.squares = squares;
  }

  /** The anchors of a picture of that size. */
  static Anchors of(int width, int height) {
    float[] squares = new float[3 * count(width, height)];
    int i = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      int rows = Math.ceilDiv(height, stride);
      int columns = Math.ceilDiv(width, stride);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int size : SIZES[level]) {
            squares[i++] = (column + 0.5f) * stride;
            squares[i++] = (row + 0.5f) * stride;
            squares[i++] = size;
          }
        }
      }
    }
    return new Anchors(squares);
  }

  static int count(int width, int height) {
    int count = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      count += Math.ceilDiv(height, stride) * Math.ceilDiv(width, stride) * SIZES[level].length;
    }
    return count;
  }

  int count() {
    return squares.length / 3;
  }

  /** Centre from the left, pixels. */
  float x(int anchor) {
    return squares[3 * anchor];
  }

  /** Centre from the top, pixels. */
  float y(int anchor) {
    return squares[3 * anchor + 1];
  }

  /** Pixels of a side. */
  float size(int anchor) {
    return squares[3 * anchor + 2];
  }
}
