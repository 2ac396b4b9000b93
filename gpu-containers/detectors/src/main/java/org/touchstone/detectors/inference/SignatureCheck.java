package org.touchstone.detectors.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.detectors.inference.OnnxSignature.Declared;
import org.touchstone.models.Activation;
import org.touchstone.models.CarriedState;
import org.touchstone.models.ElementType;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraOutput;
import org.touchstone.models.Heatmap;
import org.touchstone.models.Input;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelRole.Detector;

/** Compares the tensors of a manifest with those of its ONNX file. */
final class SignatureCheck {
  private static final String DIFFERS = " differs from what the model takes: ";

  private final ModelManifest manifest;
  private final OnnxSignature signature;
  private boolean oneByOne;

  private SignatureCheck(ModelManifest manifest, OnnxSignature signature) {
    this.manifest = manifest;
    this.signature = signature;
  }

  /**
   * @return the most rows that the model accepts at once
   * @throws ModelException naming the field of the manifest that differs
   */
  static int check(ModelManifest manifest, OnnxSignature signature) {
    SignatureCheck check = new SignatureCheck(manifest, signature);
    check.files();
    check.inputNames();
    check.role();
    manifest.extraOutputs().forEach(check::extraOutput);
    manifest.extraInputs().forEach(check::extraInput);
    manifest.states().forEach(check::state);
    manifest.inputs().forEach(check::input);
    return check.oneByOne ? 1 : Integer.MAX_VALUE;
  }

  private void files() {
    for (String file : signature.externalFiles()) {
      if (!manifest.files().containsKey(file)) {
        throw bad("files does not list all that " + manifest.modelFile() + " consists of");
      }
    }
  }

  private void inputNames() {
    Map<String, Declared> inputs = signature.inputs();
    Set<String> given = new TreeSet<>();
    for (Input input : manifest.inputs()) {
      if (!inputs.containsKey(input.name())) {
        throw bad(field(input) + ".name is not one of the model's inputs, " + names(inputs));
      }
      given.add(input.name());
    }
    manifest.extraInputs().forEach(extra -> given.add(extra.name()));
    manifest.states().forEach(state -> given.add(state.input()));
    if (!given.equals(inputs.keySet())) {
      throw bad("input and extraInputs are not all of the model's inputs, " + names(inputs));
    }
  }

  private void input(Input input) {
    Declared tensor = signature.inputs().get(input.name());
    if (tensor.type() != OnnxSignature.number(input.type())) {
      throw bad(field(input) + DIFFERS + "its type is not " + code(input.type()));
    }
    if (!tensor.fits(batched(input.shape()))) {
      throw bad(field(input) + DIFFERS + "another shape");
    }
    batch(tensor, 0, field(input));
  }

  private void extraInput(ExtraInput extra) {
    Declared tensor = signature.inputs().get(extra.name());
    long[] shape = extra.batched() ? batched(extra.shape()) : dimensions(extra.shape());
    if (tensor.type() != OnnxSignature.number(extra.type()) || !tensor.fits(shape)) {
      throw bad("extraInputs differ from what the model takes");
    }
    if (extra.batched()) {
      batch(tensor, 0, "extraInputs");
    }
  }

  private void state(CarriedState state) {
    Declared in = signature.inputs().get(state.input());
    Declared out = signature.outputs().get(state.output());
    if (out == null) {
      throw bad("states.output is not one of the model's outputs, " + names(signature.outputs()));
    }
    for (Declared tensor : List.of(in, out)) {
      if (tensor.type() != OnnxSignature.number(state.type())
          || !tensor.fits(dimensions(state.shape()))) {
        throw bad("states differ from what the model takes and gives");
      }
      batch(tensor, state.shape().indexOf(CarriedState.BATCH), "states");
    }
  }

  /** Rejects a fixed batch other than 1: such a model could not run a single row. */
  private void batch(Declared tensor, int dimension, String field) {
    long batch = tensor.size(dimension);
    if (batch != OnnxSignature.ANY && batch != 1) {
      throw bad(field + DIFFERS + "its batch must be 1 or free");
    }
    oneByOne |= batch == 1;
  }

  private void role() {
    switch (manifest.role()) {
      case Detector detector -> {
        score(detector);
        detector.heatmap().ifPresent(this::heatmap);
      }
      // The class of a face detector names the outputs it reads.
      case ModelRole.FaceDetector faces -> {}
      case ModelRole.VoiceActivity voice -> probability(output(voice.output()));
      case ModelRole.Recogniser recogniser ->
          require(output(recogniser.output()), ElementType.FLOAT32, ElementType.INT64);
    }
  }

  private void score(Detector detector) {
    Declared tensor = output(detector.output().name());
    require(tensor, ElementType.FLOAT32);
    int most = detector.pipeline().outputDimensions();
    int dimensions = tensor.shape() == null ? most : tensor.shape().length;
    if (dimensions < 1 || dimensions > most) {
      throw bad("output is not one row per input");
    }
    long classes = dimensions == 1 ? 1 : tensor.size(dimensions - 1);
    if (classes != OnnxSignature.ANY && detector.output().fakeIndex() >= classes) {
      throw bad("output.fakeIndex is beyond the model's %d classes".formatted(classes));
    }
    // The softmax of one value is 1, whatever it is.
    if (classes == 1 && detector.output().activation() == Activation.SOFTMAX) {
      throw bad("output.activation is softmax, and the model has one class");
    }
  }

  private static void probability(Declared tensor) {
    require(tensor, ElementType.FLOAT32);
    if (!tensor.fits(OnnxSignature.ANY) && !tensor.fits(OnnxSignature.ANY, 1)) {
      throw bad("output is not one value per row");
    }
  }

  private Declared output(String name) {
    Declared tensor = signature.outputs().get(name);
    if (tensor == null) {
      throw bad("output.name is not one of the model's outputs, " + names(signature.outputs()));
    }
    return tensor;
  }

  private static void require(Declared tensor, ElementType... types) {
    if (Arrays.stream(types).noneMatch(type -> tensor.type() == OnnxSignature.number(type))) {
      throw bad("output is not of type " + code(types[0]));
    }
  }

  private void heatmap(Heatmap heatmap) {
    Declared tensor = signature.outputs().get(heatmap.output());
    if (tensor == null) {
      throw bad("heatmap.output is not one of the model's outputs, " + names(signature.outputs()));
    }
    long parts = (long) heatmap.rows() * heatmap.columns();
    if (tensor.type() != OnnxSignature.FLOAT32 || !tensor.fits(OnnxSignature.ANY, parts)) {
      throw bad("heatmap does not have that many rows and columns");
    }
  }

  private void extraOutput(ExtraOutput extra) {
    Declared tensor = signature.outputs().get(extra.name());
    if (tensor == null) {
      throw bad(
          "extraOutputs.name is not one of the model's outputs, " + names(signature.outputs()));
    }
    if (tensor.type() != OnnxSignature.number(extra.type())
        || !tensor.fits(batched(extra.shape()))) {
      throw bad("extraOutputs differ from what the model gives");
    }
  }

  private String field(Input input) {
    return manifest.inputs().size() == 1 ? "input" : "inputs." + input.name();
  }

  private static long[] batched(List<Integer> shape) {
    long[] all = new long[shape.size() + 1];
    all[0] = OnnxSignature.ANY;
    System.arraycopy(dimensions(shape), 0, all, 1, shape.size());
    return all;
  }

  /** A size that is not fixed, and the batch, both count as any size. */
  private static long[] dimensions(List<Integer> shape) {
    return shape.stream().mapToLong(size -> size < 1 ? OnnxSignature.ANY : size).toArray();
  }

  private static String code(ElementType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> names(Map<String, Declared> tensors) {
    return new TreeSet<>(tensors.keySet());
  }

  private static ModelException bad(String what) {
    return new ModelException("model.json: " + what);
  }
}
