package org.touchstone.local.selftest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.detectors.inference.Answer;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.NamedTensor;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.Rows;
import org.touchstone.detectors.inference.SpeechModel;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.ElementType;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraOutput;
import org.touchstone.models.Input;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;

/**
 * Runs a model of any role on one row that is made by a formula.
 *
 * @param model the loaded model
 */
record ModelRun(OnnxModel model) {
  /** Sides of pictures for models that take any size, pixels. */
  private static final int SIDE = 320;

  /** Samples for models that take any length. */
  private static final int SAMPLES = 16_000;

  private static final int SEED = 7;

  /** All values of all outputs, by output. */
  Map<String, float[]> once() {
    ModelManifest manifest = model.manifest();
    Set<String> outputs = new TreeSet<>(manifest.role().outputs());
    if (manifest.role() instanceof ModelRole.FaceDetector finder) {
      outputs.addAll(finder.network().outputs());
    }
    manifest.extraOutputs().stream().map(ExtraOutput::name).forEach(outputs::add);
    Map<String, float[]> values = new HashMap<>();
    if (manifest.inputs().stream().allMatch(Input::hasFixedSize)) {
      Answer answer = model.answers(row(manifest), List.of(model.firstState()), outputs).getFirst();
      answer.outputs().forEach((name, output) -> values.put(name, floats(output)));
    } else {
      model
          .runAlone(1, tensors(manifest), outputs)
          .forEach((name, output) -> values.put(name, floats(output.values())));
    }
    return values;
  }

  /** The scores of a recogniser's tokens after its first two, by output. */
  static Map<String, float[]> once(SpeechModel model) {
    Input input = model.manifest().input();
    float[] spectrum = values(input, input.shape()).floats();
    try (SpeechModel.Writing writing = model.encode(spectrum, 1)) {
      float[][] scores = writing.next(new long[][] {{0, 1}})[0];
      return Map.of("first", scores[0], "second", scores[1]);
    }
  }

  private static float[] floats(Values values) {
    return values.type() == ElementType.INT64 ? new float[0] : values.floats();
  }

  private static Rows row(ModelManifest manifest) {
    Map<String, Values> inputs = new HashMap<>();
    for (Input input : manifest.inputs()) {
      inputs.put(input.name(), values(input, input.shape()));
    }
    for (ExtraInput extra : manifest.extraInputs()) {
      if (extra.fill() == ExtraInput.Fill.CALLER) {
        inputs.put(extra.name(), Values.zeros(extra.type(), extra.elements()));
      }
    }
    return new Rows(1, inputs);
  }

  private static Map<String, NamedTensor> tensors(ModelManifest manifest) {
    Map<String, NamedTensor> tensors = new HashMap<>();
    for (Input input : manifest.inputs()) {
      int any = input instanceof Input.Waveform ? SAMPLES : SIDE;
      List<Integer> shape =
          input.shape().stream().map(size -> size == Input.ANY_SIZE ? any : size).toList();
      List<Long> whole = new ArrayList<>(List.of(1L));
      shape.forEach(size -> whole.add((long) size));
      tensors.put(
          input.name(),
          new NamedTensor(
              values(input, shape), whole.stream().mapToLong(Long::longValue).toArray()));
    }
    for (ExtraInput extra : manifest.extraInputs()) {
      if (extra.fill() == ExtraInput.Fill.CALLER) {
        List<Long> whole = new ArrayList<>(List.of(1L));
        extra.shape().forEach(size -> whole.add((long) size));
        tensors.put(
            extra.name(),
            new NamedTensor(
                Values.zeros(extra.type(), extra.elements()),
                whole.stream().mapToLong(Long::longValue).toArray()));
      }
    }
    return tensors;
  }

  private static Values values(Input input, List<Integer> shape) {
    return switch (input) {
      case Input.Visual visual when visual.hasFixedSize() -> picture(visual);
      case Input.Visual visual -> Values.of(visual.type(), bytes(count(shape)));
      case Input.Waveform sound -> Values.of(sound.type(), wave(count(shape)));
      case Input.Spectrum spectrum -> Values.of(spectrum.type(), wave(count(shape)));
    };
  }

  private static Values picture(Input.Visual input) {
    ModelInput fitted = new ModelInput(input);
    List<RgbImage> frames = new ArrayList<>();
    for (int i = 0; i < input.frames(); i++) {
      frames.add(fitted.fit(FormulaPictures.of(input.width(), input.height(), SEED + i)));
    }
    return fitted.pack(frames);
  }

  private static int count(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  private static double[] bytes(int count) {
    byte[] data = FormulaPictures.of(count, 1, SEED).data();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = data[i] & 0xff;
    }
    return values;
  }

  /** A sound of two tones, -1..1. */
  private static double[] wave(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.3 * Math.sin(i * 0.07) + 0.2 * Math.sin(i * 0.31 + 1);
    }
    return values;
  }
}
