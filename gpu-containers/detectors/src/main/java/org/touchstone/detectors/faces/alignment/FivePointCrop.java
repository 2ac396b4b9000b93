package org.touchstone.detectors.faces.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.pixels.RgbImage;

/**
 * Cuts out a face so that its eyes, nose and corners of the mouth are where GenD's published code
 * puts them ({@code detector.py} of yermandy/GenD; "Deepfake Detection that Generalizes Across
 * Benchmarks", Yermakov et al., WACV 2026). What lies beyond the picture is black.
 *
 * @param side pixels of the square that a face becomes
 * @param scale how much wider and higher than the template's face the square is; 1.3 leaves 15 % of
 *     the face on each side
 */
public record FivePointCrop(int side, double scale) {
  /** Places of the landmarks in a square of side 1, before it is widened. */
  private static final List<Point> TEMPLATE =
      List.of(
          new Point(0.34, 0.46),
          new Point(0.66, 0.46),
          new Point(0.5, 0.64),
          new Point(0.37, 0.82),
          new Point(0.63, 0.82));

  /** Most pixels of a face that become one, and that one becomes; beyond, it is not a face. */
  private static final double MAX_SCALING = 256;

  public FivePointCrop {
    if (side < 1 || !(scale > 0)) {
      throw new IllegalArgumentException("sizes are positive");
    }
  }

  /**
   * The face; empty when its landmarks cannot be those of a face.
   *
   * @param landmarks five, in pixels of the picture
   */
  public Optional<RgbImage> cut(RgbImage picture, List<Point> landmarks) {
    return alignment(landmarks)
        .map(
            toSquare -> {
              byte[] square = new byte[side * side * RgbImage.CHANNELS];
              Warp.fill(toSquare.inverse(), picture, 0, 0, side, square, 0);
              return new RgbImage(side, side, square);
            });
  }

  /** From the pixels of the picture to those of the square. */
  Optional<Similarity> alignment(List<Point> landmarks) {
    if (landmarks.size() != Face.LANDMARKS || !landmarks.stream().allMatch(Point::isFinite)) {
      return Optional.empty();
    }
    List<Point> rounded =
        landmarks.stream().map(p -> new Point((float) p.x(), (float) p.y())).toList();
    return MedianFit.of(rounded, template()).filter(FivePointCrop::isOfAFace);
  }

  private static boolean isOfAFace(Similarity toSquare) {
    double scaling = Math.hypot(toSquare.cos(), toSquare.sin());
    return scaling * MAX_SCALING >= 1 && scaling <= MAX_SCALING;
  }

  /** The template in pixels of the square; in single precision throughout, as published. */
  private List<Point> template() {
    double border = side * (scale - 1) / 2;
    float margin = (float) border;
    float factor = (float) (side / (side + 2 * border));
    List<Point> places = new ArrayList<>(Face.LANDMARKS);
    for (Point place : TEMPLATE) {
      places.add(new Point(place(place.x(), margin, factor), place(place.y(), margin, factor)));
    }
    return places;
  }

  private float place(double unit, float margin, float factor) {
    return ((float) unit * side + margin) * factor;
  }
}
