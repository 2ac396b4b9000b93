package org.touchstone.detectors.pipelines.lipsync;

import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.alignment.Similarity;
import org.touchstone.detectors.faces.alignment.Warp;
import org.touchstone.detectors.faces.tracking.FaceCrop;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * What is kept of a frame: the brightness of the face, turned and scaled by its eyes and nose. The
 * corners of the mouth take no part: they move with the lips.
 *
 * @param seconds from the start of the video
 * @param box the face, in the frame
 * @param bright brightness of the upright face, 0..255, rows of {@link #SIDE}
 */
record MouthFrame(double seconds, FaceBox box, float[] bright) {
  /** Pixels of the square in which the face is upright; the template's face has 64 of them. */
  static final int SIDE = 72;

  private static final int FACE = 64;
  private static final int LEFT = 4;
  private static final int TOP = 2;

  /** Where GenD's template has eyes and nose, as {@code FivePointCrop}. */
  private static final List<Point> TEMPLATE =
      List.of(place(0.34, 0.46), place(0.66, 0.46), place(0.5, 0.64));

  /** Parts of the template's face: what is above the mouth, and mouth and chin. */
  static final Rectangle UPPER = part(0.1, 0.3, 0.9, 0.7);

  static final Rectangle MOUTH = part(0.28, 0.70, 0.72, 1.05);

  /** Nose and cheeks, without the eyes that blink. */
  static final Rectangle CHEEKS = part(0.25, 0.54, 0.75, 0.70);

  /** A larger face is first scaled down to this side, so that no pixel is left out. */
  private static final double LARGE = 1.5 * FACE;

  /** How much of the distance between the eyes the nose may be beside their middle. */
  private static final double TURNED = 0.3;

  /** Mean brightness below which a face is too dark, 0..255. */
  private static final double DARK = 12;

  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private static Rectangle part(double left, double top, double right, double bottom) {
    int x = even(LEFT + left * FACE);
    int y = even(TOP + top * FACE);
    return new Rectangle(x, y, even(LEFT + right * FACE) - x, even(TOP + bottom * FACE) - y);
  }

  /** To whole cells of two pixels, as {@link Movement} averages them. */
  private static int even(double value) {
    return 2 * (int) Math.round(value / 2);
  }

  private static Point place(double x, double y) {
    return new Point(LEFT + x * FACE, TOP + y * FACE);
  }

  /** Whether a face looks so far to the side that its mouth is not seen well. */
  static boolean isTurned(Face face) {
    Point left = face.landmarks().get(0);
    Point right = face.landmarks().get(1);
    Point nose = face.landmarks().get(2);
    double alongX = right.x() - left.x();
    double alongY = right.y() - left.y();
    double aside =
        ((nose.x() - (left.x() + right.x()) / 2) * alongX
                + (nose.y() - (left.y() + right.y()) / 2) * alongY)
            / (alongX * alongX + alongY * alongY);
    return !(Math.abs(aside) <= TURNED);
  }

  /**
   * What is kept of a face; empty when it is too dark or cannot be turned upright.
   *
   * @param face with landmarks
   */
  static Optional<MouthFrame> of(double seconds, RgbImage picture, Face face) {
    Optional<Rectangle> box = FaceCrop.box(face.exactBox(), picture.width(), picture.height());
    if (box.isEmpty() || !face.landmarks().stream().allMatch(Point::isFinite)) {
      return Optional.empty();
    }
    Rectangle around = box.get();
    double scale = Math.min(1, LARGE / face.exactBox().side());
    int width = Math.max(1, (int) Math.round(around.width() * scale));
    int height = Math.max(1, (int) Math.round(around.height() * scale));
    double scaleX = (double) width / around.width();
    double scaleY = (double) height / around.height();
    List<Point> eyesAndNose =
        face.landmarks().subList(0, TEMPLATE.size()).stream()
            .map(p -> new Point((p.x() - around.x()) * scaleX, (p.y() - around.y()) * scaleY))
            .toList();
    Similarity toFace = Similarity.fit(TEMPLATE, eyesAndNose);
    if (!toFace.isFinite()) {
      return Optional.empty();
    }
    byte[] square = new byte[SIDE * SIDE * RgbImage.CHANNELS];
    Warp.fill(toFace, ImageScaler.scale(picture, around, width, height), 0, 0, SIDE, square, 0);
    float[] bright = new float[SIDE * SIDE];
    double mean = 0;
    for (int i = 0; i < bright.length; i++) {
      int at = i * RgbImage.CHANNELS;
      bright[i] =
          RED * (square[at] & 0xff)
              + GREEN * (square[at + 1] & 0xff)
              + BLUE * (square[at + 2] & 0xff);
      mean += bright[i] / bright.length;
    }
    return mean < DARK
        ? Optional.empty()
        : Optional.of(new MouthFrame(seconds, face.exactBox(), bright));
  }
}
