package org.touchstone.detectors.pixels;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.touchstone.detectors.base.Natives;
import org.touchstone.models.Resampling;

/** Cuts out and scales parts of pictures. Safe for use by several threads. */
public final class ImageScaler {
  static {
    Natives.configure();
  }

  /**
   * Largest ratio of the sides; only the middle of a longer part is scaled, to bound the memory.
   */
  private static final int MAX_PROPORTION = 64;

  private ImageScaler() {}

  /** A part of a picture at another size, by {@link Resampling#AREA}. */
  public static RgbImage scale(RgbImage image, Rectangle part, int width, int height) {
    return scale(image, part, width, height, Resampling.AREA);
  }

  /**
   * A part of a picture at another size; pixels around the part have no influence.
   *
   * @param part must lie within the picture
   */
  public static RgbImage scale(
      RgbImage image, Rectangle part, int width, int height, Resampling resampling) {
    RgbImage cut = cut(image, part);
    if (part.width() == width && part.height() == height) {
      return cut;
    }
    return switch (resampling) {
      case AREA -> area(cut, width, height);
      case BILINEAR -> Resampler.bilinear(cut, width, height);
      case BICUBIC -> Resampler.bicubic(cut, width, height);
    };
  }

  /**
   * A picture scaled so that the shorter side fits, then cropped to the middle: torchvision's
   * {@code Resize} of the shorter side and {@code CenterCrop}.
   */
  public static RgbImage cover(RgbImage image, int width, int height, Resampling resampling) {
    Rectangle part = Rectangle.of(image).notLongerThan(MAX_PROPORTION);
    // torchvision cuts off the fraction of the longer side.
    long scaledWidth = (long) height * part.width() / part.height();
    long scaledHeight = (long) width * part.height() / part.width();
    RgbImage scaled =
        scaledWidth > width
            ? scale(image, part, (int) scaledWidth, height, resampling)
            : scale(image, part, width, Math.max(height, (int) scaledHeight), resampling);
    return crop(scaled, width, height);
  }

  /**
   * The middle of a picture at its own size, on black where it is smaller: torchvision's {@code
   * CenterCrop}, which halves odd margins its own way.
   */
  public static RgbImage crop(RgbImage image, int width, int height) {
    byte[] cropped = new byte[width * height * RgbImage.CHANNELS];
    int left = margin(image.width(), width);
    int top = margin(image.height(), height);
    int columns = Math.min(width, image.width());
    int rows = Math.min(height, image.height());
    for (int y = 0; y < rows; y++) {
      int from = ((y + Math.max(0, top)) * image.width() + Math.max(0, left)) * RgbImage.CHANNELS;
      int to = ((y + Math.max(0, -top)) * width + Math.max(0, -left)) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), from, cropped, to, columns * RgbImage.CHANNELS);
    }
    return new RgbImage(width, height, cropped);
  }

  /** Pixels cut off before the middle; negative for pixels added there. */
  private static int margin(int size, int wanted) {
    return size < wanted ? -((wanted - size) / 2) : (int) Math.rint((size - wanted) / 2.0);
  }

  private static RgbImage area(RgbImage cut, int width, int height) {
    try (Mat from = new Mat(cut.height(), cut.width(), CV_8UC3);
        Mat to = new Mat(height, width, CV_8UC3);
        Size size = new Size(width, height)) {
      from.data().put(cut.data());
      resize(from, to, size, 0, 0, INTER_AREA);
      byte[] scaled = new byte[width * height * RgbImage.CHANNELS];
      to.data().get(scaled);
      return new RgbImage(width, height, scaled);
    }
  }

  private static RgbImage cut(RgbImage image, Rectangle part) {
    int row = part.width() * RgbImage.CHANNELS;
    byte[] cut = new byte[part.height() * row];
    for (int y = 0; y < part.height(); y++) {
      int from = ((part.y() + y) * image.width() + part.x()) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), from, cut, y * row, row);
    }
    return new RgbImage(part.width(), part.height(), cut);
  }
}
