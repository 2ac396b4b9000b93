package org.touchstone.detectors.faces.yunet;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

/**
 * One answer of the network.
 *
 * @param score 0..1
 * @param box in pixels of the searched picture
 * @param landmarks five, likewise
 */
record Find(float score, FaceBox box, List<Point> landmarks) {
  /** Share of the area above which the less sure of two boxes counts as the same face. */
  private static final double SAME_FACE = 0.3;

  /** Most answers that are compared with one another. */
  private static final int MAX_COMPARED = 5000;

  /** In pixels of a picture that is that many times as wide and as high. */
  Find times(double factorX, double factorY) {
    return new Find(
        score,
        new FaceBox(
            box.left() * factorX,
            box.top() * factorY,
            box.right() * factorX,
            box.bottom() * factorY),
        landmarks.stream().map(p -> new Point(p.x() * factorX, p.y() * factorY)).toList());
  }

  double longerSide() {
    return Math.max(box.right() - box.left(), box.bottom() - box.top());
  }

  /** Each face once, the surest first. */
  static List<Find> distinct(List<Find> all) {
    List<Find> sorted =
        all.stream()
            .sorted((one, other) -> Float.compare(other.score, one.score))
            .limit(MAX_COMPARED)
            .toList();
    List<Find> kept = new ArrayList<>();
    for (Find candidate : sorted) {
      FaceBox box = candidate.wholePixels();
      if (kept.stream().noneMatch(k -> k.wholePixels().overlap(box) > SAME_FACE)) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  /** OpenCV compares boxes without the fractions of their corner and of their size. */
  private FaceBox wholePixels() {
    int left = (int) box.left();
    int top = (int) box.top();
    return new FaceBox(
        left,
        top,
        (double) left + (int) (box.right() - box.left()),
        (double) top + (int) (box.bottom() - box.top()));
  }
}
