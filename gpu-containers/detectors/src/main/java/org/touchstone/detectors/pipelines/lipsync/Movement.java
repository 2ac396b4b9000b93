package org.touchstone.detectors.pipelines.lipsync;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.pixels.Rectangle;

/**
 * How a mouth moves: the few patterns of brightness around it that change most once the head is
 * held still ({@link SteadyHead}). An opening mouth changes in a pattern of its own, whichever it
 * is: dark, teeth or tongue.
 *
 * @param times of the frames, seconds from the start of the video
 * @param patterns each with a value for each frame; of length 1 and at right angles to each other
 * @param activity how much more the brightness around the mouth changes than that of nose and
 *     cheeks; 1 is as much
 */
record Movement(double[] times, List<double[]> patterns, double activity) {
  /** How many patterns are looked at. */
  static final int PATTERNS = 2;

  /** Pixels on each side of a cell, whose mean is looked at. */
  private static final int CELL = 2;

  private static final int ROUNDS = 60;

  /** Share of a series that must be left for it to count. */
  private static final double LEAST = 1e-9;

  /** The movement in some frames, in order of time. */
  static Movement of(List<MouthFrame> frames) {
    double[] times = frames.stream().mapToDouble(MouthFrame::seconds).toArray();
    List<float[]> steady = SteadyHead.of(frames.stream().map(MouthFrame::bright).toList());
    List<double[]> mouth = changes(times, steady, MouthFrame.MOUTH);
    double still = change(changes(times, steady, MouthFrame.CHEEKS));
    return new Movement(
        times, patterns(mouth, times.length), still > 0 ? change(mouth) / still : 0);
  }

  /** For each cell of a part of the face its brightness over time, without slow changes. */
  private static List<double[]> changes(double[] times, List<float[]> faces, Rectangle part) {
    List<double[]> changes = new ArrayList<>();
    for (int y = part.y(); y < part.y() + part.height(); y += CELL) {
      for (int x = part.x(); x < part.x() + part.width(); x += CELL) {
        int at = y * MouthFrame.SIDE + x;
        changes.add(
            Series.quick(times, faces.stream().mapToDouble(face -> cell(face, at)).toArray()));
      }
    }
    return changes;
  }

  private static double cell(float[] face, int at) {
    return (face[at] + face[at + 1] + face[at + MouthFrame.SIDE] + face[at + MouthFrame.SIDE + 1])
        / (CELL * CELL);
  }

  /** Root mean square of all changes. */
  private static double change(List<double[]> series) {
    double sum = 0;
    for (double[] each : series) {
      sum += Series.dot(each, each) / each.length;
    }
    return Math.sqrt(sum / series.size());
  }

  /** Principal components over time, by power iteration. */
  private static List<double[]> patterns(List<double[]> series, int frames) {
    List<double[]> patterns = new ArrayList<>();
    while (patterns.size() < PATTERNS) {
      double[] next = new double[frames];
      for (int i = 0; i < frames; i++) {
        next[i] = Math.sin(i * (patterns.size() + 1.7));
      }
      for (int round = 0; round < ROUNDS; round++) {
        double[] sum = new double[frames];
        for (double[] each : series) {
          double along = Series.dot(each, next);
          for (int i = 0; i < frames; i++) {
            sum[i] += along * each[i];
          }
        }
        patterns.forEach(unit -> Series.takeOff(sum, unit));
        if (!Series.toUnit(sum, LEAST)) {
          return patterns;
        }
        next = sum;
      }
      patterns.add(next);
    }
    return patterns;
  }
}
