package org.touchstone.detectors.faces.yunet;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.Point;

/**
 * The network's answers on one of its three grids, a cell after another, row by row (OpenCV's
 * {@code FaceDetectorYNImpl::postProcess} in {@code modules/objdetect/src/face_detect.cpp}).
 *
 * @param stride pixels from one cell to the next
 * @param columns cells of a row
 * @param classes how much each cell looks like a face, 0..1
 * @param objects how much of a whole thing is around each cell, 0..1
 * @param boxes 4 per cell: shift of the centre from the cell's corner, in cells, and logarithms of
 *     width and height, in cells
 * @param points 10 per cell: shifts from the cell's corner, in cells
 */
record Grid(
    int stride, int columns, float[] classes, float[] objects, float[] boxes, float[] points) {
  /** Numbers of a box, and of a face's landmarks. */
  static final int BOX = 4;

  static final int POINTS = 2 * Face.LANDMARKS;

  /**
   * The finds, in order of the cells.
   *
   * @param minScore the score from which a cell counts
   */
  List<Find> finds(double minScore) {
    List<Find> finds = new ArrayList<>();
    for (int cell = 0; cell < classes.length; cell++) {
      float score =
          (float) Math.sqrt(Math.clamp(classes[cell], 0, 1) * Math.clamp(objects[cell], 0, 1));
      if (score >= minScore) {
        Find find = decode(cell, score);
        if (isFinite(find)) {
          finds.add(find);
        }
      }
    }
    return finds;
  }

  private Find decode(int cell, float score) {
    int column = cell % columns;
    int row = cell / columns;
    float x = (column + boxes[BOX * cell]) * stride;
    float y = (row + boxes[BOX * cell + 1]) * stride;
    double halfWidth = Math.exp(boxes[BOX * cell + 2]) * stride / 2;
    double halfHeight = Math.exp(boxes[BOX * cell + 3]) * stride / 2;
    List<Point> landmarks = new ArrayList<>(Face.LANDMARKS);
    for (int at = POINTS * cell; at < POINTS * (cell + 1); at += 2) {
      landmarks.add(new Point((points[at] + column) * stride, (points[at + 1] + row) * stride));
    }
    FaceBox box = new FaceBox(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    return new Find(score, box, landmarks);
  }

  private static boolean isFinite(Find find) {
    FaceBox box = find.box();
    return new Point(box.left(), box.top()).isFinite()
        && new Point(box.right(), box.bottom()).isFinite()
        && find.landmarks().stream().allMatch(Point::isFinite);
  }
}
