package org.touchstone.detectors.pipelines;

import java.util.Objects;
import org.touchstone.detectors.faces.FaceAt;

/**
 * What a model says of one face, or of one clip of a face.
 *
 * @param person number of whoever it shows, from 0 on
 * @param start seconds from the start of the medium
 * @param end likewise; for a single face the same as {@code start}
 * @param face where it can be seen
 * @param values of the model's output
 */
public record FaceSample(int person, double start, double end, FaceAt face, float[] values) {
  public FaceSample {
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(values, "values");
  }
}
