package org.touchstone.detectors.faces.alignment;

import java.util.List;
import org.touchstone.detectors.faces.Point;

/**
 * A rotation, scaling and shift: {@code u = cos * x + sin * y + shiftX}, {@code v = cos * y - sin *
 * x + shiftY}.
 */
public record Similarity(double cos, double sin, double shiftX, double shiftY) {

  /** The similarity that maps points closest to other points, by the sum of squares. */
  public static Similarity fit(List<Point> from, List<Point> to) {
    Point fromMean = mean(from);
    Point toMean = mean(to);
    double size = 0;
    double cos = 0;
    double sin = 0;
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - fromMean.x();
      double y = from.get(i).y() - fromMean.y();
      double u = to.get(i).x() - toMean.x();
      double v = to.get(i).y() - toMean.y();
      size += x * x + y * y;
      cos += x * u + y * v;
      sin += y * u - x * v;
    }
    cos /= size;
    sin /= size;
    return new Similarity(
        cos,
        sin,
        toMean.x() - cos * fromMean.x() - sin * fromMean.y(),
        toMean.y() - cos * fromMean.y() + sin * fromMean.x());
  }

  /** Where a point is mapped to. */
  public Point map(Point point) {
    return new Point(
        cos * point.x() + sin * point.y() + shiftX, cos * point.y() - sin * point.x() + shiftY);
  }

  /** Whether it can be inverted. */
  public boolean isFinite() {
    double size = cos * cos + sin * sin;
    return size > 0 && Double.isFinite(1 / size) && Double.isFinite(size + shiftX + shiftY);
  }

  /** The inverse. */
  public Similarity inverse() {
    double size = cos * cos + sin * sin;
    double backCos = cos / size;
    double backSin = -sin / size;
    return new Similarity(
        backCos,
        backSin,
        -(backCos * shiftX + backSin * shiftY),
        -(backCos * shiftY - backSin * shiftX));
  }

  /** The centre of points. */
  public static Point mean(List<Point> points) {
    double x = 0;
    double y = 0;
    for (Point point : points) {
      x += point.x();
      y += point.y();
    }
    return new Point(x / points.size(), y / points.size());
  }
}
