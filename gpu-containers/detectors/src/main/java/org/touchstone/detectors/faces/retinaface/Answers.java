package org.touchstone.detectors.faces.retinaface;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

/**
 * The network's answers for one picture, a row per anchor.
 *
 * @param anchors the anchors that the rows are relative to
 * @param boxes shifts of the centre and logarithms of the change of size, 4 per anchor
 * @param classes probabilities of background and face, 2 per anchor
 * @param points shifts from the centre, 10 per anchor
 */
record Answers(Anchors anchors, float[] boxes, float[] classes, float[] points) {
  /** Factors of the network's shifts and changes of size. */
  private static final double CENTRE_VARIANCE = 0.1;

  private static final double SIZE_VARIANCE = 0.2;

  /** Share of the area above which the less confident of two boxes counts as the same face. */
  private static final double SAME_FACE = 0.4;

  /** Most answers that are compared with one another, and most that are kept. */
  private static final int MAX_COMPARED = 5000;

  private static final int MAX_KEPT = 750;

  /**
   * The faces, most confident first, each once.
   *
   * @param minScore the score above which an answer counts
   */
  List<Detection> faces(double minScore) {
    List<Detection> sure =
        IntStream.range(0, anchors.count())
            .filter(i -> classes[2 * i + 1] > minScore)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -classes[2 * i + 1]))
            .limit(MAX_COMPARED)
            .map(this::decode)
            .toList();
    List<Detection> kept = new ArrayList<>();
    for (Detection candidate : sure) {
      if (kept.stream().noneMatch(k -> overlap(k.box(), candidate.box()) > SAME_FACE)) {
        kept.add(candidate);
        if (kept.size() == MAX_KEPT) {
          break;
        }
      }
    }
    return kept;
  }

  private Detection decode(int i) {
    double size = anchors.size(i);
    double x = anchors.x(i) + boxes[4 * i] * CENTRE_VARIANCE * size;
    double y = anchors.y(i) + boxes[4 * i + 1] * CENTRE_VARIANCE * size;
    double halfWidth = size * Math.exp(boxes[4 * i + 2] * SIZE_VARIANCE) / 2;
    double halfHeight = size * Math.exp(boxes[4 * i + 3] * SIZE_VARIANCE) / 2;
    List<Point> landmarks = new ArrayList<>(Face.LANDMARKS);
    for (int p = 0; p < Face.LANDMARKS; p++) {
      int at = 2 * (Face.LANDMARKS * i + p);
      landmarks.add(
          new Point(
              anchors.x(i) + points[at] * CENTRE_VARIANCE * size,
              anchors.y(i) + points[at + 1] * CENTRE_VARIANCE * size));
    }
    return new Detection(
        i,
        classes[2 * i + 1],
        new FaceBox(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
        landmarks);
  }

  /** As in the published code, where a box includes the pixel that it ends in. */
  private static double overlap(FaceBox a, FaceBox b) {
    double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left()) + 1;
    double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top()) + 1;
    double both = Math.max(0, width) * Math.max(0, height);
    return both / (area(a) + area(b) - both);
  }

  private static double area(FaceBox box) {
    return (box.right() - box.left() + 1) * (box.bottom() - box.top() + 1);
  }
}
