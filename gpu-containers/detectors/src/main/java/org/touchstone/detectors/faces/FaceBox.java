package org.touchstone.detectors.faces;

import java.util.Optional;
import org.touchstone.detectors.pixels.Rectangle;

/**
 * The box of a face as a network gives it: in fractions of pixels, and not always within the
 * picture.
 *
 * @param left pixels
 * @param top pixels
 * @param right pixels
 * @param bottom pixels
 */
public record FaceBox(double left, double top, double right, double bottom) {

  public static FaceBox of(Rectangle box) {
    return new FaceBox(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
  }

  /** Area in pixels; 0 for a box turned inside out. */
  public double area() {
    return Math.max(0, right - left) * Math.max(0, bottom - top);
  }

  /** Length of the shorter side, pixels. */
  public double side() {
    return Math.min(right - left, bottom - top);
  }

  /** The area that two boxes share, divided by the area that they cover together. */
  public double overlap(FaceBox other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double both = Math.max(0, width) * Math.max(0, height);
    return both == 0 ? 0 : both / (area() + other.area() - both);
  }

  /** The whole pixels that it covers within a picture; empty when there are none. */
  public Optional<Rectangle> within(int pictureWidth, int pictureHeight) {
    int x = (int) Math.rint(Math.clamp(left, 0, pictureWidth));
    int y = (int) Math.rint(Math.clamp(top, 0, pictureHeight));
    int width = (int) Math.rint(Math.clamp(right, 0, pictureWidth)) - x;
    int height = (int) Math.rint(Math.clamp(bottom, 0, pictureHeight)) - y;
    return width < 1 || height < 1
        ? Optional.empty()
        : Optional.of(new Rectangle(x, y, width, height));
  }
}
