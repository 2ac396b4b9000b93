package org.touchstone.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.touchstone.models.ExtraInput.Fill;

/**
 * Reads the input and output tensors that {@code model.json} declares.
 *
 * @param resampling how pictures are scaled where the manifest does not say
 */
record InputReader(Resampling resampling) {
  /**
   * Largest side of an input, pixels, and most frames of a clip; a larger value is a typing error.
   */
  private static final int MAX_SIDE = 4096;

  private static final int MAX_FRAMES = 1024;

  /** Most values of an extra input per row, of a state, and of a row of sound. */
  private static final int MAX_ELEMENTS = 1 << 20;

  /** Most tensors of a kind, and most dimensions of one. */
  private static final int MAX_COUNT = 64;

  private static final int MAX_BANDS = 512;

  private static final int MAX_RATE = 192_000;
  private static final int MIN_RATE = 4_000;

  /** Whole numbers up to it are exact as a double. */
  private static final double MAX_WHOLE = 1L << 53;

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "layout",
          "dtype",
          "height",
          "width",
          "frames",
          "fit",
          "resampling",
          "resize",
          "crop",
          "scale",
          "mean",
          "std");
  private static final Set<String> FIELDS_OF_SOUND =
      Set.of("name", "layout", "dtype", "sampleRate", "samples", "preemphasis", "pad", "hop");
  private static final Set<ElementType> TYPES_OF_SOUND =
      Set.of(ElementType.FLOAT32, ElementType.FLOAT16);
  private static final Set<ElementType> TYPES_OF_PICTURES =
      Set.of(ElementType.UINT8, ElementType.FLOAT32, ElementType.FLOAT16);

  /** One input, or several in a list of their own. */
  List<Input> inputs(ManifestFields top) {
    List<ManifestFields> several = top.objects("inputs");
    if (top.isGiven("inputs") && (top.isGiven("input") || several.isEmpty())) {
      throw ManifestFields.bad("inputs", "takes the place of input and names at least one");
    }
    if (several.isEmpty()) {
      return List.of(input(top.object("input")));
    }
    few("inputs", several);
    return several.stream().map(this::input).toList();
  }

  private Input input(ManifestFields fields) {
    Layout layout = fields.choice("layout", Layout.class, null);
    if (layout == Layout.LOG_MEL) {
      throw ManifestFields.bad(fields.prefix() + "layout", "goes with a recogniser's decoder only");
    }
    fields.allow(layout == Layout.SAMPLES ? FIELDS_OF_SOUND : FIELDS);
    String name = fields.text("name");
    ElementType type =
        fields.required(
            "dtype",
            layout == Layout.SAMPLES ? TYPES_OF_SOUND : TYPES_OF_PICTURES,
            ElementType.class);
    if (layout == Layout.SAMPLES) {
      int samples =
          fields.isText("samples") && fields.text("samples").equals("any")
              ? Input.ANY_SIZE
              : fields.integer("samples", 1, MAX_ELEMENTS, null);
      return new Input.Waveform(
          name,
          type,
          fields.integer("sampleRate", MIN_RATE, MAX_RATE, null),
          samples,
          windowing(fields, samples));
    }
    int frames = fields.integer("frames", 1, MAX_FRAMES, 1);
    if (!layout.isClip() && frames != 1) {
      throw ManifestFields.bad(fields.prefix() + "frames", "goes with layout NTHWC or NCTHW only");
    }
    int height = fields.integer("height", 1, MAX_SIDE, null);
    int width = fields.integer("width", 1, MAX_SIDE, null);
    Preparation preparation = PreparationReader.read(fields, resampling, type, height, width);
    if (layout.isClip() && preparation.resize().isPresent()) {
      throw ManifestFields.bad(fields.prefix() + "resize", "goes with layout NHWC or NCHW only");
    }
    return layout.isClip()
        ? new Input.Clip(name, type, layout, frames, height, width, preparation)
        : new Input.Picture(name, type, layout, height, width, preparation);
  }

  private static Windowing windowing(ManifestFields fields, int samples) {
    if (samples == Input.ANY_SIZE && fields.isGiven("hop")) {
      throw ManifestFields.bad(fields.prefix() + "hop", "goes with rows of one length");
    }
    return new Windowing(
        fields.number("preemphasis", 0, 1, 0.0),
        fields.choice("pad", Windowing.Padding.class, Windowing.Padding.REPEAT),
        samples == Input.ANY_SIZE ? 0 : fields.integer("hop", 1, MAX_ELEMENTS, samples));
  }

  /** The input of a recogniser's encoder. */
  static Input spectrum(ManifestFields fields) {
    fields.allow(Set.of("name", "layout", "dtype", "bands", "frames"));
    if (fields.choice("layout", Layout.class, null) != Layout.LOG_MEL) {
      throw ManifestFields.bad("input.layout", "must be log-mel for a recogniser with a decoder");
    }
    return new Input.Spectrum(
        fields.text("name"),
        fields.required("dtype", Set.of(ElementType.FLOAT32), ElementType.class),
        fields.integer("bands", 1, MAX_BANDS, null),
        fields.integer("frames", 1, MAX_SIDE, null));
  }

  /** The input of RetinaFace, which takes pictures of any size. */
  static Input anySize(ManifestFields fields) {
    fields.allow(Set.of("name", "layout", "dtype"));
    ElementType type = fields.required("dtype", Set.of(ElementType.UINT8), ElementType.class);
    if (fields.choice("layout", Layout.class, null) != Layout.NHWC) {
      throw ManifestFields.bad("input.layout", "must be NHWC for a face detector");
    }
    return searched(fields, type, Layout.NHWC, Input.ANY_SIZE, Input.ANY_SIZE);
  }

  /** The input of YuNet, whose sides the file may fix. */
  static Input yunet(ManifestFields fields) {
    fields.allow(Set.of("name", "layout", "dtype", "height", "width"));
    ElementType type = fields.required("dtype", Set.of(ElementType.FLOAT32), ElementType.class);
    if (fields.choice("layout", Layout.class, null) != Layout.NCHW) {
      throw ManifestFields.bad("input.layout", "must be NCHW for yunet");
    }
    return searched(
        fields,
        type,
        Layout.NCHW,
        fields.integer("height", 1, MAX_SIDE, Input.ANY_SIZE),
        fields.integer("width", 1, MAX_SIDE, Input.ANY_SIZE));
  }

  private static Input searched(
      ManifestFields fields, ElementType type, Layout layout, int height, int width) {
    return new Input.Picture(
        fields.text("name"),
        type,
        layout,
        height,
        width,
        Preparation.of(Fit.STRETCH, Resampling.AREA));
  }

  static List<ExtraInput> extraInputs(ManifestFields top) {
    List<ExtraInput> inputs = new ArrayList<>();
    for (ManifestFields each : few("extraInputs", top.objects("extraInputs"))) {
      each.allow(Set.of("name", "dtype", "shape", "fill", "value", "batched"));
      ElementType type = each.required("dtype", Set.of(ElementType.values()), ElementType.class);
      List<Integer> shape = each.integers("shape", 1, MAX_ELEMENTS);
      checkSize("extraInputs.shape", shape);
      Fill fill = each.choice("fill", Fill.class, null);
      boolean batched = each.flag("batched", true);
      if (!batched && fill == Fill.CALLER) {
        throw ManifestFields.bad("extraInputs.batched", "must be true where callers bring rows");
      }
      if (fill == Fill.STANDARD_NORMAL && !isFloat(type)) {
        throw ManifestFields.bad("extraInputs.fill", "standard-normal goes with floats only");
      }
      inputs.add(
          new ExtraInput(each.text("name"), type, shape, batched, fill, value(each, fill, type)));
    }
    return inputs;
  }

  private static double value(ManifestFields fields, Fill fill, ElementType type) {
    if (fill != Fill.CONSTANT) {
      if (fields.isGiven("value")) {
        throw ManifestFields.bad("extraInputs.value", "goes with fill constant only");
      }
      return 0;
    }
    double most =
        switch (type) {
          case UINT8 -> 255;
          case FLOAT16 -> 65_504;
          case FLOAT32 -> Float.MAX_VALUE;
          case INT64 -> MAX_WHOLE;
        };
    double value = fields.number("value", type == ElementType.UINT8 ? 0 : -most, most, null);
    if (!isFloat(type) && value != Math.rint(value)) {
      throw ManifestFields.bad("extraInputs.value", "must be a whole number");
    }
    return value;
  }

  static List<ExtraOutput> extraOutputs(ManifestFields top) {
    List<ExtraOutput> outputs = new ArrayList<>();
    for (ManifestFields each : few("extraOutputs", top.objects("extraOutputs"))) {
      each.allow(Set.of("name", "dtype", "shape"));
      outputs.add(
          new ExtraOutput(
              each.text("name"),
              each.required("dtype", Set.of(ElementType.values()), ElementType.class),
              few("extraOutputs.shape", each.sizes("shape", MAX_ELEMENTS, "any", Input.ANY_SIZE))));
    }
    return outputs;
  }

  static List<CarriedState> states(ManifestFields top) {
    List<CarriedState> states = new ArrayList<>();
    for (ManifestFields each : few("states", top.objects("states"))) {
      each.allow(Set.of("input", "output", "dtype", "shape"));
      List<Integer> shape = each.sizes("shape", MAX_ELEMENTS, "batch", CarriedState.BATCH);
      if (shape.stream().filter(size -> size == CarriedState.BATCH).count() != 1) {
        throw ManifestFields.bad("states.shape", "must name the batch once");
      }
      checkSize("states.shape", shape);
      states.add(
          new CarriedState(
              each.text("input"),
              each.text("output"),
              each.required("dtype", Set.of(ElementType.values()), ElementType.class),
              shape));
    }
    return states;
  }

  private static boolean isFloat(ElementType type) {
    return type == ElementType.FLOAT32 || type == ElementType.FLOAT16;
  }

  private static void checkSize(String field, List<Integer> shape) {
    few(field, shape);
    long elements = 1;
    for (int size : shape) {
      elements *= Math.abs(size);
      if (elements > MAX_ELEMENTS) {
        throw ManifestFields.bad(field, "is of more than " + MAX_ELEMENTS);
      }
    }
  }

  private static <T> List<T> few(String field, List<T> values) {
    if (values.size() > MAX_COUNT) {
      throw ManifestFields.bad(field, "has more than " + MAX_COUNT);
    }
    return values;
  }
}
