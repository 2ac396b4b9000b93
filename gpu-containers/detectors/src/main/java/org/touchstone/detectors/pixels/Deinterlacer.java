package org.touchstone.detectors.pixels;

import java.util.Arrays;

/**
 * Makes one moment of a frame whose odd and even rows were taken at different moments, as in
 * television. Only the parts that moved between the two are touched: there the rows of one field
 * differ from both neighbours alike, and are replaced by rows between their neighbours, along
 * edges. Frames without motion, and frames that only claim to be interlaced, stay as sharp as they
 * were.
 */
public final class Deinterlacer {
  private static final int CHANNELS = RgbImage.CHANNELS;

  /** Least difference in brightness, of 0..1020, that counts as motion. */
  private static final int MIN_DIFFERENCE = 40;

  /** How far from a pixel that moved its neighbours are replaced too, as combs have gaps. */
  private static final int SPREAD = 3;

  private final int width;
  private final int height;
  private final byte[] data;
  private final int[][] brightness = new int[5][];
  private final boolean[] moved;

  private Deinterlacer(int width, int height, byte[] data) {
    this.width = width;
    this.height = height;
    this.data = data;
    moved = new boolean[width];
    for (int i = 0; i < brightness.length; i++) {
      brightness[i] = new int[width];
    }
  }

  /**
   * Replaces the rows of the later field where it differs.
   *
   * @param rgb samples as in {@link RgbImage}, changed in place
   * @param topFirst whether rows 0, 2, ... are the earlier field, which is kept
   */
  public static void deinterlace(int width, int height, byte[] rgb, boolean topFirst) {
    if (height > 2) {
      new Deinterlacer(width, height, rgb).run(topFirst ? 1 : 0);
    }
  }

  private void run(int firstRow) {
    for (int i = 0; i < brightness.length; i++) {
      readBrightness(firstRow + i - 2, brightness[i]);
    }
    for (int y = firstRow; y < height; y += 2) {
      if (findMotion()) {
        replace(y);
      }
      int[] oldest = brightness[0];
      int[] old = brightness[1];
      System.arraycopy(brightness, 2, brightness, 0, 3);
      brightness[3] = oldest;
      brightness[4] = old;
      // Read ahead of the row that is replaced next.
      readBrightness(y + 3, oldest);
      readBrightness(y + 4, old);
    }
  }

  /** Rows outside the picture are those of the same field inside. */
  private void readBrightness(int row, int[] to) {
    int y = row < 0 ? row + 2 : row;
    while (y >= height) {
      y -= 2;
    }
    int from = y * width * CHANNELS;
    for (int x = 0; x < width; x++) {
      to[x] = (data[from] & 0xff) + 2 * (data[from + 1] & 0xff) + (data[from + 2] & 0xff);
      from += CHANNELS;
    }
  }

  /**
   * A pixel moved if it is brighter or darker than both neighbours in the other field by more than
   * it differs from a neighbour in its own. A thin line is unlike its own field too, so it stays.
   */
  private boolean findMotion() {
    boolean any = false;
    Arrays.fill(moved, false);
    for (int x = 0; x < width; x++) {
      int above = brightness[2][x] - brightness[1][x];
      int below = brightness[2][x] - brightness[3][x];
      int other = (above ^ below) < 0 ? 0 : Math.min(Math.abs(above), Math.abs(below));
      int own =
          Math.min(
              Math.abs(brightness[2][x] - brightness[0][x]),
              Math.abs(brightness[2][x] - brightness[4][x]));
      if (other > MIN_DIFFERENCE && 2 * own < other) {
        any = true;
        for (int i = Math.max(0, x - SPREAD); i <= Math.min(width - 1, x + SPREAD); i++) {
          moved[i] = true;
        }
      }
    }
    return any;
  }

  private void replace(int y) {
    int[] upper = brightness[1];
    int[] lower = brightness[3];
    int above = (y == 0 ? 1 : y - 1) * width;
    int below = (y == height - 1 ? y - 1 : y + 1) * width;
    for (int x = 0; x < width; x++) {
      if (moved[x]) {
        int slant = slant(upper, lower, x);
        int from = (above + x + slant) * CHANNELS;
        int to = (below + x - slant) * CHANNELS;
        int target = (y * width + x) * CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
          data[target + c] = (byte) ((data[from + c] & 0xff) + (data[to + c] & 0xff) + 1 >> 1);
        }
      }
    }
  }

  /** The direction, -1, 0 or 1 pixel to the side, in which the rows above and below agree most. */
  private int slant(int[] upper, int[] lower, int x) {
    if (x < 2 || x >= width - 2) {
      return 0;
    }
    int best = 0;
    int least = disagreement(upper, lower, x, 0);
    for (int slant = -1; slant <= 1; slant += 2) {
      int found = disagreement(upper, lower, x, slant);
      if (found < least) {
        least = found;
        best = slant;
      }
    }
    return best;
  }

  private static int disagreement(int[] upper, int[] lower, int x, int slant) {
    int sum = 0;
    for (int i = -1; i <= 1; i++) {
      sum += Math.abs(upper[x + i + slant] - lower[x + i - slant]);
    }
    return sum;
  }
}
