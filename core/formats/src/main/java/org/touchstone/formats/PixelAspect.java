package org.touchstone.formats;

/**
 * The shape of a picture's pixels. Television and DVDs store pictures narrower than they are shown.
 *
 * @param width of a pixel, relative to its height
 * @param height of a pixel, relative to its width
 */
public record PixelAspect(int width, int height) {
  public static final PixelAspect SQUARE = new PixelAspect(1, 1);

  /** Beyond this a claim is not believed: no system has pixels this long. */
  private static final int MAX_RATIO = 8;

  /** Parts that are not positive or that give an absurd shape stand for square pixels. */
  public PixelAspect {
    if (width < 1 || height < 1 || width / MAX_RATIO >= height || height / MAX_RATIO >= width) {
      width = 1;
      height = 1;
    }
  }

  /** The shape in the form {@code 64:45}; square when the text is absent or says something else. */
  public static PixelAspect parse(String text) {
    String[] parts = text == null ? new String[0] : text.split(":", 2);
    try {
      return parts.length == 2
          ? new PixelAspect(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
          : SQUARE;
    } catch (NumberFormatException notTold) {
      return SQUARE;
    }
  }

  /** The size in square pixels at which a picture of coded size is shown; its height stays. */
  public PixelSize shown(PixelSize coded) {
    long shown = Math.max(1, Math.round((double) coded.width() * width / height));
    return new PixelSize((int) Math.min(shown, Integer.MAX_VALUE), coded.height());
  }
}
