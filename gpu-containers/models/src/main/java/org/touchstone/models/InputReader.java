package org.touchstone.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.ModelManifest.Fit;
import org.touchstone.models.ModelManifest.Input;
import org.touchstone.models.ModelManifest.Layout;

/** Reads what {@code model.json} says of the tensors that a model takes. */
final class InputReader {
  /** Largest side of an input, pixels, and most frames of a clip; beyond it is a typing error. */
  private static final int MAX_SIDE = 4096;

  private static final int MAX_FRAMES = 1024;

  /** Most values of an extra input per picture. */
  private static final int MAX_ELEMENTS = 1 << 20;

  private InputReader() {}

  static Input input(ManifestFields fields, Pipeline pipeline, boolean detector) {
    Set<String> any = Set.of("name", "layout", "dtype");
    fields.allow(
        detector
            ? Set.of("name", "layout", "dtype", "height", "width", "frames", "fit", "resampling")
            : any);
    if (!fields.text("dtype").equals("uint8")) {
      throw ManifestFields.bad("input.dtype", "must be uint8");
    }
    String name = fields.text("name");
    Layout layout = fields.choice("layout", Layout.class, null);
    if (!detector) {
      if (layout != Layout.NHWC) {
        throw ManifestFields.bad("input.layout", "must be NHWC for a face detector");
      }
      return new Input(
          name, layout, Input.ANY_SIZE, Input.ANY_SIZE, 1, Fit.STRETCH, Resampling.AREA);
    }
    if ((layout == Layout.NTHWC) != (pipeline == Pipeline.ALIGNED_CLIPS)
        && pipeline != Pipeline.FRAMES) {
      throw ManifestFields.bad("input.layout", "is not what the pipeline gives");
    }
    int frames = fields.integer("frames", 1, MAX_FRAMES, 1);
    if (layout == Layout.NHWC && frames != 1) {
      throw ManifestFields.bad("input.frames", "goes with layout NTHWC only");
    }
    return new Input(
        name,
        layout,
        fields.integer("height", 1, MAX_SIDE, null),
        fields.integer("width", 1, MAX_SIDE, null),
        frames,
        fields.choice("fit", Fit.class, Fit.STRETCH),
        fields.choice("resampling", Resampling.class, pipeline.resampling()));
  }

  static List<ExtraInput> extraInputs(ManifestFields top) {
    List<ExtraInput> inputs = new ArrayList<>();
    for (ManifestFields each : top.objects("extraInputs")) {
      each.allow(Set.of("name", "dtype", "shape", "fill"));
      if (!each.text("dtype").equals("float32")) {
        throw ManifestFields.bad("extraInputs.dtype", "must be float32");
      }
      List<Integer> shape = each.integers("shape", 1, MAX_ELEMENTS);
      long elements = 1;
      for (int size : shape) {
        elements *= size;
        if (elements > MAX_ELEMENTS) {
          throw ManifestFields.bad("extraInputs.shape", "is of more than " + MAX_ELEMENTS);
        }
      }
      inputs.add(new ExtraInput(each.text("name"), shape, each.choice("fill", Fill.class, null)));
    }
    return inputs;
  }
}
