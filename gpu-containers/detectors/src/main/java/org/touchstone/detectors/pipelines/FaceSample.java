package org.touchstone.detectors.pipelines;

import java.util.Objects;
import org.touchstone.detectors.faces.FaceAt;

/**
 * A model's answer for one face, or for one clip of a face.
 *
 * @param person number of the person it shows, from 0
 * @param start seconds from the start of the medium
 * @param end likewise; for a single face the same as {@code start}
 * @param face a place where the face can be seen
 * @param values values of the model's output
 */
public record FaceSample(int person, double start, double end, FaceAt face, float[] values) {
  public FaceSample {
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(values, "values");
  }
}
