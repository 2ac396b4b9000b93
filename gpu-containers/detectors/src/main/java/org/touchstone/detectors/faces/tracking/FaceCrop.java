package org.touchstone.detectors.faces.tracking;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * A face cut out of a frame.
 *
 * @param box its part of the frame
 * @param landmarks five, in the frame
 * @param image its picture, of the size of the box
 */
public record FaceCrop(Rectangle box, List<Point> landmarks, RgbImage image) {
  public FaceCrop {
    Objects.requireNonNull(box, "box");
    landmarks = List.copyOf(landmarks);
  }

  /**
   * The part of a frame that is cut out for a face: its box, grown to twice the width and height
   * around its centre, within the frame without its last row and column; rounded as in FTCN. Empty
   * when nothing is left of it.
   */
  public static Optional<Rectangle> box(FaceBox face, int frameWidth, int frameHeight) {
    double left = Math.rint(face.left());
    double top = Math.rint(face.top());
    double right = Math.rint(face.right());
    double bottom = Math.rint(face.bottom());
    double marginX = (right - left) / 2;
    double marginY = (bottom - top) / 2;
    int x = (int) Math.rint(Math.clamp(left - marginX, 0, frameWidth - 1));
    int y = (int) Math.rint(Math.clamp(top - marginY, 0, frameHeight - 1));
    int width = (int) Math.rint(Math.clamp(right + marginX, 0, frameWidth - 1)) - x;
    int height = (int) Math.rint(Math.clamp(bottom + marginY, 0, frameHeight - 1)) - y;
    return width < 1 || height < 1
        ? Optional.empty()
        : Optional.of(new Rectangle(x, y, width, height));
  }

  public static RgbImage cut(RgbImage image, Rectangle box) {
    return ImageScaler.scale(image, box, box.width(), box.height());
  }
}
