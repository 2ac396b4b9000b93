package org.touchstone.detectors.pipelines.lipsync;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.pixels.Rectangle;

/**
 * Holds the head still in upright faces. Landmarks tremble, and those of the eyes move a little
 * when the mouth opens. So each face is shifted, turned and scaled until what is above the mouth
 * looks most like the mean of all faces: Lucas and Kanade's registration ("An Iterative Image
 * Registration Technique", 1981) with the template's gradients.
 */
final class SteadyHead {
  private static final int SIDE = MouthFrame.SIDE;
  private static final int PARAMETERS = 4;

  /** Each pass has a sharper mean to compare with. */
  private static final int PASSES = 2;

  private static final int STEPS = 6;

  private final Rectangle upper = MouthFrame.UPPER;
  private final double middleX = upper.x() + upper.width() / 2.0;
  private final double middleY = upper.y() + upper.height() / 2.0;
  private final int count = upper.width() * upper.height();
  private final float[] template;
  private final double mean;
  private final double[][] slopes = new double[PARAMETERS][count];
  private final double[][] inverse;

  private SteadyHead(float[] template) {
    this.template = template;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int x = upper.x() + i % upper.width();
      int y = upper.y() + i / upper.width();
      int at = y * SIDE + x;
      double alongX = (template[at + 1] - template[at - 1]) / 2.0;
      double alongY = (template[at + SIDE] - template[at - SIDE]) / 2.0;
      slopes[0][i] = alongX * (x - middleX) + alongY * (y - middleY);
      slopes[1][i] = alongY * (x - middleX) - alongX * (y - middleY);
      slopes[2][i] = alongX;
      slopes[3][i] = alongY;
      sum += template[at];
    }
    mean = sum / count;
    inverse = inverse(slopes);
  }

  /**
   * The faces with the head held still, and the part above the mouth equally bright.
   *
   * @param faces brightness, rows of {@link MouthFrame#SIDE}; at least one
   */
  static List<float[]> of(List<float[]> faces) {
    double[][] moves = new double[faces.size()][PARAMETERS];
    List<float[]> steady = faces;
    for (int pass = 0; pass < PASSES; pass++) {
      SteadyHead head = new SteadyHead(mean(steady));
      List<float[]> next = new ArrayList<>();
      for (int i = 0; i < faces.size(); i++) {
        head.register(faces.get(i), moves[i]);
        next.add(head.moved(faces.get(i), moves[i]));
      }
      steady = next;
    }
    return steady;
  }

  private static float[] mean(List<float[]> faces) {
    float[] mean = new float[SIDE * SIDE];
    for (float[] face : faces) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += face[i] / faces.size();
      }
    }
    return mean;
  }

  /** Improves a face's move: growth, turn, and shift in pixels. */
  private void register(float[] face, double[] move) {
    double[] seen = new double[count];
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        seen[i] = at(face, move, upper.x() + i % upper.width(), upper.y() + i / upper.width());
        sum += seen[i];
      }
      double gain = sum > 0 ? mean * count / sum : 1;
      double[] along = new double[PARAMETERS];
      for (int i = 0; i < count; i++) {
        int at = (upper.y() + i / upper.width()) * SIDE + upper.x() + i % upper.width();
        double error = gain * seen[i] - template[at];
        for (int p = 0; p < PARAMETERS; p++) {
          along[p] += slopes[p][i] * error;
        }
      }
      for (int p = 0; p < PARAMETERS; p++) {
        move[p] -= Series.dot(inverse[p], along);
      }
    }
  }

  private float[] moved(float[] face, double[] move) {
    float[] moved = new float[SIDE * SIDE];
    double sum = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double value = at(face, move, x, y);
        moved[y * SIDE + x] = (float) value;
        boolean above =
            x >= upper.x()
                && x < upper.x() + upper.width()
                && y >= upper.y()
                && y < upper.y() + upper.height();
        sum += above ? value : 0;
      }
    }
    float gain = sum > 0 ? (float) (mean * count / sum) : 1;
    for (int i = 0; i < moved.length; i++) {
      moved[i] *= gain;
    }
    return moved;
  }

  /** The face's brightness where a pixel comes from, between its own by straight lines. */
  private double at(float[] face, double[] move, int x, int y) {
    double acrossX = x - middleX;
    double acrossY = y - middleY;
    double u = x + move[0] * acrossX - move[1] * acrossY + move[2];
    double v = y + move[1] * acrossX + move[0] * acrossY + move[3];
    int left = (int) Math.floor(Math.clamp(u, 0, SIDE - 1.001));
    int top = (int) Math.floor(Math.clamp(v, 0, SIDE - 1.001));
    double right = Math.clamp(u - left, 0, 1);
    double low = Math.clamp(v - top, 0, 1);
    int at = top * SIDE + left;
    return (1 - low) * ((1 - right) * face[at] + right * face[at + 1])
        + low * ((1 - right) * face[at + SIDE] + right * face[at + SIDE + 1]);
  }

  /** Inverse of the slopes' products, by Gauss and Jordan. */
  private static double[][] inverse(double[][] slopes) {
    double[][] rows = new double[PARAMETERS][2 * PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      for (int j = 0; j < PARAMETERS; j++) {
        rows[i][j] = Series.dot(slopes[i], slopes[j]);
      }
      // Keeps a face without contours where its landmarks put it.
      rows[i][i] += 1;
      rows[i][PARAMETERS + i] = 1;
    }
    for (int i = 0; i < PARAMETERS; i++) {
      double pivot = rows[i][i];
      for (int k = 0; k < 2 * PARAMETERS; k++) {
        rows[i][k] /= pivot;
      }
      for (int j = 0; j < PARAMETERS; j++) {
        double factor = j == i ? 0 : rows[j][i];
        for (int k = 0; k < 2 * PARAMETERS; k++) {
          rows[j][k] -= factor * rows[i][k];
        }
      }
    }
    double[][] inverse = new double[PARAMETERS][PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      System.arraycopy(rows[i], PARAMETERS, inverse[i], 0, PARAMETERS);
    }
    return inverse;
  }
}
