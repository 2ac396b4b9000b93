package org.touchstone.detectors.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.touchstone.detectors.Natives;

/** Cuts out and scales parts of pictures, by OpenCV. Safe for use by several threads. */
public final class ImageScaler {
  static {
    Natives.configure();
  }

  private ImageScaler() {}

  /**
   * A part of a picture at another size: averaged over areas where it shrinks, interpolated
   * linearly where it grows.
   *
   * @param part must lie within the picture
   */
  public static RgbImage scale(RgbImage image, Rectangle part, int width, int height) {
    byte[] cut = cut(image, part);
    if (part.width() == width && part.height() == height) {
      return new RgbImage(width, height, cut);
    }
    boolean shrinks = width <= part.width() && height <= part.height();
    try (Mat from = new Mat(part.height(), part.width(), CV_8UC3);
        Mat to = new Mat(height, width, CV_8UC3);
        Size size = new Size(width, height)) {
      from.data().put(cut);
      resize(from, to, size, 0, 0, shrinks ? INTER_AREA : INTER_LINEAR);
      byte[] scaled = new byte[width * height * RgbImage.CHANNELS];
      to.data().get(scaled);
      return new RgbImage(width, height, scaled);
    }
  }

  private static byte[] cut(RgbImage image, Rectangle part) {
    int row = part.width() * RgbImage.CHANNELS;
    byte[] cut = new byte[part.height() * row];
    for (int y = 0; y < part.height(); y++) {
      int from = ((part.y() + y) * image.width() + part.x()) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), from, cut, y * row, row);
    }
    return cut;
  }
}
