package org.touchstone.detectors.pipelines.genconvit;

import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.domain.Reason;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * Turns the answers of GenConViT's networks into a score. Each network gives two numbers per face,
 * one per class.
 *
 * @param output the meaning of the numbers
 */
record NetworkScores(Output output, Aggregation aggregation) {
  private static final int CLASSES = 2;

  /**
   * The score, 0..1.
   *
   * @param faces for each face, two numbers per network
   * @throws DetectionException with {@link Reason#ERROR} when there are not two numbers for each
   *     network, or the score is not a number
   */
  double score(List<float[]> faces) {
    for (float[] face : faces) {
      if (face.length == 0 || face.length % CLASSES != 0) {
        throw new DetectionException(
            Reason.ERROR, "Its model does not give two numbers for each network.");
      }
    }
    double score = aggregation == Aggregation.REFERENCE ? reference(faces) : mean(faces);
    if (Double.isNaN(score)) {
      throw new DetectionException(Reason.ERROR, "Its model did not give a number.");
    }
    return score;
  }

  /** The mean of the networks' probabilities of false. */
  private double mean(List<float[]> faces) {
    double sum = 0;
    int count = 0;
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i += CLASSES) {
        sum += Activations.probability(new float[] {face[i], face[i + 1]}, output);
        count++;
      }
    }
    return sum / count;
  }

  /**
   * As in the published code: the mean sigmoid of each class, though the networks were trained with
   * a softmax. If the mean of false is higher, it is the score; otherwise the score is 1 minus the
   * mean of true. The score jumps where both are equal.
   */
  private double reference(List<float[]> faces) {
    if (output.activation() == Activation.NONE) {
      throw new DetectionException(
          Reason.ERROR, "Its model gives no logits, which the aggregation reference needs.");
    }
    double[] means = new double[CLASSES];
    int rows = faces.stream().mapToInt(face -> face.length / CLASSES).sum();
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i++) {
        means[i % CLASSES] += Activations.probability(face[i], Activation.SIGMOID) / rows;
      }
    }
    double fake = means[output.fakeIndex()];
    double real = means[1 - output.fakeIndex()];
    return fake > real ? fake : 1 - real;
  }
}
