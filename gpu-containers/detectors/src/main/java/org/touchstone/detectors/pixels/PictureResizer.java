package org.touchstone.detectors.pixels;

import java.util.Optional;
import org.touchstone.models.Resize;
import org.touchstone.models.Rounding;

/**
 * Resizes a picture and cuts out its middle. Only the part that is cut out is computed; its bytes
 * are those of the whole picture's resize.
 */
public final class PictureResizer {
  private PictureResizer() {}

  /**
   * A picture of a model's size.
   *
   * @param crop how the margins before the middle are rounded; absent when the resized picture has
   *     this size
   * @param width pixels
   * @param height pixels
   */
  public static RgbImage fit(
      RgbImage image, Resize resize, Optional<Rounding> crop, int width, int height) {
    Size resized =
        switch (resize) {
          case Resize.BothSides sides -> new Size(sides.width(), sides.height());
          case Resize.ShortEdge edge -> shortEdge(image, edge);
        };
    Rounding rounding = crop.orElse(Rounding.HALF_EVEN);
    long left = margin(resized.width, width, rounding);
    long top = margin(resized.height, height, rounding);
    RgbImage middle =
        resample(
            image,
            resize,
            stretch(resized.width, Math.max(0, left), width),
            stretch(resized.height, Math.max(0, top), height));
    return onBlack(middle, width, height, (int) Math.max(0, -left), (int) Math.max(0, -top));
  }

  private static Resampler.Stretch stretch(long side, long from, int wanted) {
    return new Resampler.Stretch(side, from, (int) Math.min(side, wanted));
  }

  /** The sides of a picture, pixels; long, because a line of pixels can become very long. */
  private record Size(long width, long height) {}

  private static Size shortEdge(RgbImage image, Resize.ShortEdge edge) {
    return image.width() <= image.height()
        ? new Size(edge.pixels(), longSide(edge, image.height(), image.width()))
        : new Size(longSide(edge, image.width(), image.height()), edge.pixels());
  }

  private static long longSide(Resize.ShortEdge edge, int longer, int shorter) {
    // As Python divides: the product is exact, the quotient is a double.
    double quotient = (double) ((long) edge.pixels() * longer) / shorter;
    double rounded =
        edge.rounding() == Rounding.HALF_EVEN ? Math.rint(quotient) : Math.floor(quotient);
    return Math.max(edge.pixels(), (long) rounded);
  }

  private static RgbImage resample(
      RgbImage image, Resize resize, Resampler.Stretch across, Resampler.Stretch down) {
    return switch (resize.library()) {
      case PILLOW ->
          Resampler.pillow(
              image,
              resize.filter() == Resize.Filter.BICUBIC
                  ? Resampler.Filter.BICUBIC
                  : Resampler.Filter.BILINEAR,
              across,
              down);
      case TORCHVISION -> Resampler.torchvision(image, across, down);
    };
  }

  /**
   * Pixels cut off before the middle; negative for pixels added there, as torchvision halves them.
   */
  private static long margin(long size, long wanted, Rounding rounding) {
    if (size < wanted) {
      return -((wanted - size) / 2);
    }
    return rounding == Rounding.HALF_EVEN
        ? (long) Math.rint((size - wanted) / 2.0)
        : (size - wanted) / 2;
  }

  private static RgbImage onBlack(RgbImage image, int width, int height, int left, int top) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    int row = image.width() * RgbImage.CHANNELS;
    for (int y = 0; y < image.height(); y++) {
      int to = ((top + y) * width + left) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), y * row, data, to, row);
    }
    return new RgbImage(width, height, data);
  }
}
