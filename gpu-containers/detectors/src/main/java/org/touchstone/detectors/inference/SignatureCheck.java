package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.detectors.inference.OnnxSignature.Tensor;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelManifest.Heatmap;
import org.touchstone.models.ModelManifest.Input;
import org.touchstone.models.ModelManifest.Layout;

/** Compares what a manifest says with what its ONNX file says. */
final class SignatureCheck {
  private static final int CHANNELS = 3;

  private final ModelManifest manifest;
  private final OnnxSignature signature;

  private SignatureCheck(ModelManifest manifest, OnnxSignature signature) {
    this.manifest = manifest;
    this.signature = signature;
  }

  /**
   * @return the most rows that the model takes at once
   * @throws ModelException naming the field of the manifest that differs
   */
  static int check(ModelManifest manifest, OnnxSignature signature) {
    SignatureCheck check = new SignatureCheck(manifest, signature);
    check.files();
    check.inputNames();
    if (manifest.output() != null) {
      check.output();
    }
    if (manifest.heatmap() != null) {
      check.heatmap(manifest.heatmap());
    }
    return check.input();
  }

  private void files() {
    for (String file : signature.externalFiles()) {
      if (!manifest.files().containsKey(file)) {
        throw bad("files does not list all that " + manifest.modelFile() + " consists of");
      }
    }
  }

  private void inputNames() {
    Map<String, Tensor> inputs = signature.inputs();
    if (!inputs.containsKey(manifest.input().name())) {
      throw bad("input.name is none of the model's inputs, " + names(inputs));
    }
    Set<String> given = new TreeSet<>(Set.of(manifest.input().name()));
    manifest.extraInputs().forEach(extra -> given.add(extra.name()));
    if (!given.equals(inputs.keySet())) {
      throw bad("input and extraInputs are not all of the model's inputs, " + names(inputs));
    }
    manifest.extraInputs().forEach(this::extraInput);
  }

  private void extraInput(ExtraInput extra) {
    long[] shape = new long[1 + extra.shape().size()];
    shape[0] = OnnxSignature.ANY;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = extra.shape().get(i - 1);
    }
    Tensor tensor = signature.inputs().get(extra.name());
    if (tensor.type() != OnnxSignature.FLOAT32 || !tensor.fits(shape)) {
      throw bad("extraInputs differ from what the model takes");
    }
  }

  private int input() {
    Input input = manifest.input();
    Tensor tensor = signature.inputs().get(input.name());
    if (tensor.type() != OnnxSignature.UINT8) {
      throw bad("input differs from what the model takes: its type is not uint8");
    }
    long any = OnnxSignature.ANY;
    long height = input.height() == Input.ANY_SIZE ? any : input.height();
    long width = input.width() == Input.ANY_SIZE ? any : input.width();
    boolean fits =
        input.layout() == Layout.NHWC
            ? tensor.fits(any, height, width, CHANNELS)
            : tensor.fits(any, input.frames(), height, width, CHANNELS);
    if (!fits) {
      throw bad("input differs from what the model takes: another shape");
    }
    long batch = tensor.size(0);
    if (batch != any && batch != 1) {
      throw bad("input differs from what the model takes: its batch must be 1 or free");
    }
    return batch == 1 ? 1 : Integer.MAX_VALUE;
  }

  private void output() {
    Tensor tensor = signature.outputs().get(manifest.output().name());
    if (tensor == null) {
      throw bad("output.name is none of the model's outputs, " + names(signature.outputs()));
    }
    if (tensor.type() != OnnxSignature.FLOAT32) {
      throw bad("output is not of type float");
    }
    int dimensions =
        tensor.shape() == null ? manifest.pipeline().outputDimensions() : tensor.shape().length;
    if (dimensions < 1 || dimensions > manifest.pipeline().outputDimensions()) {
      throw bad("output is not one row per input");
    }
    long classes = dimensions == 1 ? 1 : tensor.size(dimensions - 1);
    if (classes != OnnxSignature.ANY && manifest.output().fakeIndex() >= classes) {
      throw bad("output.fakeIndex is beyond the model's %d classes".formatted(classes));
    }
  }

  private void heatmap(Heatmap heatmap) {
    Tensor tensor = signature.outputs().get(heatmap.output());
    if (tensor == null) {
      throw bad("heatmap.output is none of the model's outputs, " + names(signature.outputs()));
    }
    long parts = (long) heatmap.rows() * heatmap.columns();
    if (tensor.type() != OnnxSignature.FLOAT32 || !tensor.fits(OnnxSignature.ANY, parts)) {
      throw bad("heatmap is not of so many rows and columns");
    }
  }

  private static Set<String> names(Map<String, Tensor> tensors) {
    return new TreeSet<>(tensors.keySet());
  }

  private static ModelException bad(String what) {
    return new ModelException("model.json: " + what);
  }
}
