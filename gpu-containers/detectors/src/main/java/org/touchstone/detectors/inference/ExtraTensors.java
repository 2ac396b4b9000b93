package org.touchstone.detectors.inference;

import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.touchstone.detectors.inference.OnnxSession.In;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ModelException;

/**
 * Fills the tensors that a model takes besides its pictures. Every picture gets the same values, so
 * that its score depends neither on the others of its batch nor on its place among them.
 */
final class ExtraTensors {
  private static final long SEED = 0x70756368L;

  private final List<Filled> inputs;

  private record Filled(ExtraInput input, float[] row) {}

  ExtraTensors(List<ExtraInput> inputs) {
    this.inputs = inputs.stream().map(input -> new Filled(input, row(input))).toList();
  }

  private static float[] row(ExtraInput input) {
    return switch (input.fill()) {
      case ZEROS -> new float[input.elements()];
      case STANDARD_NORMAL -> normal(input.elements());
      case STYLE_LATENTS -> throw new ModelException("nothing here makes its style latents");
    };
  }

  private static float[] normal(int elements) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The tensors of a batch. */
  List<In> of(int rows) {
    List<In> tensors = new ArrayList<>();
    for (Filled filled : inputs) {
      FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(rows, filled.row.length));
      for (int i = 0; i < rows; i++) {
        values.put(filled.row);
      }
      ExtraInput input = filled.input;
      long[] shape = new long[1 + input.shape().size()];
      shape[0] = rows;
      for (int i = 1; i < shape.length; i++) {
        shape[i] = input.shape().get(i - 1);
      }
      tensors.add(new In(input.name(), values.flip(), DataType.FLOAT32, shape));
    }
    return tensors;
  }
}
