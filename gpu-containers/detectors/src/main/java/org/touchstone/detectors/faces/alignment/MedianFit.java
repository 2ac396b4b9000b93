package org.touchstone.detectors.faces.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.Point;

/**
 * The similarity that maps the five landmarks of a face onto those of a template so that the median
 * of the squared errors is least, then fitted anew to the landmarks that agree with it: OpenCV's
 * {@code estimateAffinePartial2D} with {@code LMEDS} ({@code modules/calib3d/src/ptsetreg.cpp},
 * after Rousseeuw, "Least Median of Squares Regression", 1984). On a face seen from the side the
 * nose or the far eye is left out, so the crop differs from one that all five decide by up to 40
 * pixels. OpenCV seeds its random numbers within each call; for five points that gives {@link
 * #PAIRS}. It refines the fit step by step, which for this linear problem ends where {@link
 * Similarity#fit} is at once.
 */
final class MedianFit {
  /** The pairs of landmarks that OpenCV tries, without repetitions, in its order. */
  private static final int[][] PAIRS = {{0, 4}, {0, 3}, {1, 2}, {1, 0}, {1, 4}, {3, 1}};

  /**
   * The standard deviation for which a median of squared errors speaks, as OpenCV estimates it:
   * 1.4826 makes the median of normal errors their deviation, {@code 1 + 5 / (5 - 2)} corrects for
   * few points, and errors up to 2.5 deviations agree.
   */
  private static final double DEVIATIONS = 2.5 * 1.4826 * (1 + 5.0 / (Face.LANDMARKS - 2));

  /** Least deviation, pixels. */
  private static final double MIN_DEVIATION = 0.001;

  private MedianFit() {}

  /**
   * The similarity; empty when no two of the tried landmarks are apart.
   *
   * @param landmarks five, rounded to single precision as OpenCV does
   * @param template five, likewise
   */
  static Optional<Similarity> of(List<Point> landmarks, List<Point> template) {
    Similarity best = null;
    float least = Float.POSITIVE_INFINITY;
    for (int[] pair : PAIRS) {
      Similarity tried = throughTwo(landmarks, template, pair[0], pair[1]);
      if (tried.isFinite()) {
        float[] errors = errors(tried, landmarks, template);
        Arrays.sort(errors);
        float median = errors[Face.LANDMARKS / 2];
        if (median < least) {
          least = median;
          best = tried;
        }
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    Similarity refined = refined(best, mostError(least), landmarks, template);
    return refined.isFinite() ? Optional.of(refined) : Optional.empty();
  }

  /** The squared error up to which a landmark agrees. */
  private static float mostError(float median) {
    double deviation = Math.max(DEVIATIONS * Math.sqrt(median), MIN_DEVIATION);
    return (float) (deviation * deviation);
  }

  private static Similarity refined(
      Similarity found, float most, List<Point> landmarks, List<Point> template) {
    float[] errors = errors(found, landmarks, template);
    List<Point> from = new ArrayList<>();
    List<Point> to = new ArrayList<>();
    for (int i = 0; i < Face.LANDMARKS; i++) {
      if (errors[i] <= most) {
        from.add(landmarks.get(i));
        to.add(template.get(i));
      }
    }
    return Similarity.fit(from, to);
  }

  private static Similarity throughTwo(List<Point> from, List<Point> to, int one, int other) {
    return Similarity.fit(
        List.of(from.get(one), from.get(other)), List.of(to.get(one), to.get(other)));
  }

  /** Squared distances in single precision, as OpenCV has them. */
  private static float[] errors(Similarity tried, List<Point> from, List<Point> to) {
    float cos = (float) tried.cos();
    float sin = (float) tried.sin();
    float shiftX = (float) tried.shiftX();
    float shiftY = (float) tried.shiftY();
    float[] errors = new float[Face.LANDMARKS];
    for (int i = 0; i < errors.length; i++) {
      float x = (float) from.get(i).x();
      float y = (float) from.get(i).y();
      float errorX = cos * x + sin * y + shiftX - (float) to.get(i).x();
      float errorY = -sin * x + cos * y + shiftY - (float) to.get(i).y();
      errors[i] = errorX * errorX + errorY * errorY;
    }
    return errors;
  }
}
