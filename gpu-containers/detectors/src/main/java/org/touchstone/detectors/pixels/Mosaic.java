package org.touchstone.detectors.pixels;

/** A picture made of tiles, at a fraction of its resolution if it is too large. */
public final class Mosaic {
  private final int step;
  private final int width;
  private final int height;
  private final byte[] data;

  /**
   * @param width of the whole picture, pixels
   * @param height of the whole picture, pixels
   * @param maxPixels width times height above which squares of pixels become one
   */
  public Mosaic(int width, int height, long maxPixels) {
    step = (int) Math.max(1, Math.ceil(Math.sqrt((double) width * height / maxPixels)));
    this.width = Math.ceilDiv(width, step);
    this.height = Math.ceilDiv(height, step);
    data = new byte[this.width * this.height * RgbImage.CHANNELS];
  }

  /** How many pixels become one, in each direction. */
  public int step() {
    return step;
  }

  /** Adds a tile at a place in the whole picture; parts outside the picture are cut off. */
  public void paste(int tileX, int tileY, RgbImage tile) {
    int toX = Math.min(width, Math.ceilDiv(tileX + tile.width(), step));
    int toY = Math.min(height, Math.ceilDiv(tileY + tile.height(), step));
    for (int y = Math.ceilDiv(tileY, step); y < toY; y++) {
      for (int x = Math.ceilDiv(tileX, step); x < toX; x++) {
        average(tile, x * step - tileX, y * step - tileY, y * width + x);
      }
    }
  }

  /** A pixel is the mean of a square of the tile, as far as the tile goes. */
  private void average(RgbImage tile, int fromX, int fromY, int target) {
    int toX = Math.min(fromX + step, tile.width());
    int toY = Math.min(fromY + step, tile.height());
    int count = (toX - fromX) * (toY - fromY);
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      int sum = count / 2;
      for (int y = fromY; y < toY; y++) {
        for (int x = fromX; x < toX; x++) {
          sum += tile.sample(x, y, c);
        }
      }
      data[target * RgbImage.CHANNELS + c] = (byte) (sum / count);
    }
  }

  /** The picture; no tile may be added afterwards. */
  public RgbImage image() {
    return new RgbImage(width, height, data);
  }
}
