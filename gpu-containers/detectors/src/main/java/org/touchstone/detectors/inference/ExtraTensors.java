package org.touchstone.detectors.inference;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.ModelException;

/**
 * Fills the input tensors of a model besides the medium. Every row gets the same values, so that
 * its score depends neither on the others of its batch nor on its place among them.
 */
final class ExtraTensors {
  private static final long SEED = 0x70756368L;

  private final List<Filled> inputs;

  /**
   * @param values of one row, or of the whole tensor where it is not batched
   */
  record Filled(ExtraInput input, Values values) {
    /** The shape in a batch. */
    long[] shape(int rows) {
      return input.batched()
          ? new Batched(input.type(), input.shape()).shape(rows)
          : input.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    /** How often the values are repeated in a batch. */
    int times(int rows) {
      return input.batched() ? rows : 1;
    }
  }

  ExtraTensors(List<ExtraInput> inputs) {
    this.inputs =
        inputs.stream()
            .filter(input -> input.fill() != Fill.CALLER)
            .map(input -> new Filled(input, values(input)))
            .toList();
  }

  /** All extra inputs that callers do not give. */
  List<Filled> inputs() {
    return inputs;
  }

  private static Values values(ExtraInput input) {
    return switch (input.fill()) {
      case ZEROS, CONSTANT, CALLER -> constant(input);
      case STANDARD_NORMAL -> normal(input);
      case STYLE_LATENTS -> throw new ModelException("Touchstone cannot compute its style latents");
    };
  }

  private static Values constant(ExtraInput input) {
    double[] values = new double[input.elements()];
    Arrays.fill(values, input.value());
    return Values.of(input.type(), values);
  }

  private static Values normal(ExtraInput input) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[input.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Values.of(input.type(), values);
  }
}
