package org.touchstone.detectors.faces;

import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * The size at which a network searches a picture, and the way back from its pixels to those of the
 * picture.
 *
 * @param pictureWidth pixels
 * @param pictureHeight pixels
 * @param width pixels of the searched picture
 * @param height pixels of the searched picture
 */
public record SearchSize(int pictureWidth, int pictureHeight, int width, int height) {

  /**
   * The size of a picture itself, or smaller.
   *
   * @param maxSide longest side of the searched picture, pixels
   */
  public static SearchSize of(RgbImage picture, int maxSide) {
    return within(picture, maxSide, maxSide);
  }

  /** The size of a picture itself, or smaller so that it has at most that many columns and rows. */
  public static SearchSize within(RgbImage picture, int maxWidth, int maxHeight) {
    double across = (double) maxWidth / picture.width();
    double down = (double) maxHeight / picture.height();
    double scale = Math.min(1, Math.min(across, down));
    return new SearchSize(
        picture.width(),
        picture.height(),
        Math.max(1, (int) Math.rint(picture.width() * scale)),
        Math.max(1, (int) Math.rint(picture.height() * scale)));
  }

  /** Width times height of the searched picture. */
  public long pixels() {
    return (long) width * height;
  }

  /** The picture at this size. */
  public RgbImage scale(RgbImage picture) {
    return ImageScaler.scale(picture, Rectangle.of(picture), width, height);
  }

  /**
   * A find as a face of the picture; empty when no pixel of the picture is in its box.
   *
   * @param box in pixels of the searched picture, like the landmarks
   * @param score the network's confidence
   */
  public Optional<Face> face(FaceBox box, double score, List<Point> landmarks) {
    double scaleX = (double) pictureWidth / width;
    double scaleY = (double) pictureHeight / height;
    FaceBox exact =
        new FaceBox(
            box.left() * scaleX, box.top() * scaleY, box.right() * scaleX, box.bottom() * scaleY);
    List<Point> places =
        landmarks.stream().map(p -> new Point(p.x() * scaleX, p.y() * scaleY)).toList();
    double confidence = Math.clamp(score, 0, 1);
    return exact
        .within(pictureWidth, pictureHeight)
        .map(within -> new Face(within, confidence, exact, places));
  }
}
