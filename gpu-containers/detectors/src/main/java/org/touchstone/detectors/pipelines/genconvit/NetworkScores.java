package org.touchstone.detectors.pipelines.genconvit;

import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.domain.Reason;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * From what GenConViT's networks say of faces to a score. Each says two numbers of each face, one
 * for each class.
 *
 * @param output what the numbers are
 */
record NetworkScores(Output output, Aggregation aggregation) {
  private static final int CLASSES = 2;

  /**
   * The score, 0..1.
   *
   * @param faces for each face two numbers for each network
   * @throws DetectionException with {@link Reason#ERROR} when the numbers are others
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
      throw new DetectionException(Reason.ERROR, "Its model gave no number.");
    }
    return score;
  }

  /** The mean of what each network takes for the probability of false. */
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
   * As the published code has it: the mean of each class's sigmoid, though the networks were
   * trained with a softmax; then that of false where it is the higher, and what is missing from
   * that of true to 1 where it is not. Where the two are equal the score jumps.
   */
  private double reference(List<float[]> faces) {
    if (output.activation() == Activation.NONE) {
      throw new DetectionException(
          Reason.ERROR, "Its model gives no logits, which the aggregation reference takes.");
    }
    double[] means = new double[CLASSES];
    int rows = faces.stream().mapToInt(face -> face.length / CLASSES).sum();
    for (float[] face : faces) {
      for (int i = 0; i < face.length; i++) {
        means[i % CLASSES] += 1 / (1 + Math.exp(-face[i])) / rows;
      }
    }
    double fake = means[output.fakeIndex()];
    double real = means[1 - output.fakeIndex()];
    if (Double.isNaN(fake)) {
      return fake;
    }
    return fake > real ? fake : 1 - real;
  }
}
