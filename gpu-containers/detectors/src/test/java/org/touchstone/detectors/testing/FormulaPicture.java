package org.touchstone.detectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.models.TestModels;

/**
 * The pictures of golden data: stripes and noise made by a formula, so that the data need to hold
 * no pictures.
 */
public final class FormulaPicture {
  private FormulaPicture() {}

  /** The picture that a golden file's {@code input} describes, checked by its digest. */
  public static RgbImage of(JsonNode input) {
    long[] shape = FormulaTensor.longs(input.get("shape"));
    return new RgbImage((int) shape[2], (int) shape[1], bytes(input));
  }

  /** The bytes of one or more pictures, checked likewise. */
  public static byte[] bytes(JsonNode input) {
    byte[] data =
        Formula.input(
            input.get("name").asText(),
            input.get("kind").asText(),
            FormulaTensor.longs(input.get("shape")));
    assertThat(TestModels.sha256(data)).isEqualTo(input.get("sha256").asText());
    return data;
  }
}
