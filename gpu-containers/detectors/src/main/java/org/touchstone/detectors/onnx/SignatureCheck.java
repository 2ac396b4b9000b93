package org.touchstone.detectors.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.detectors.model.ModelException;
import org.touchstone.detectors.model.ModelManifest;
import org.touchstone.detectors.model.ModelManifest.Input;
import org.touchstone.detectors.model.ModelManifest.Layout;
import org.touchstone.detectors.onnx.OnnxSignature.Tensor;

/** Compares what a manifest says with what its ONNX file says. */
final class SignatureCheck {
  private static final int CHANNELS = 3;
  private static final int MATRIX = 2;

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
    check.output();
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
    if (inputs.size() > 1) {
      throw bad("the model takes more than input.name, " + names(inputs));
    }
  }

  private int input() {
    Input input = manifest.input();
    Tensor tensor = signature.inputs().get(input.name());
    if (tensor.type() != OnnxSignature.UINT8) {
      throw bad("input differs from what the model takes: its type is not uint8");
    }
    long any = OnnxSignature.ANY;
    boolean fits =
        input.layout() == Layout.NHWC
            ? tensor.fits(any, input.height(), input.width(), CHANNELS)
            : tensor.fits(any, input.frames(), input.height(), input.width(), CHANNELS);
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
    if (tensor.shape() != null && (tensor.shape().length < 1 || tensor.shape().length > MATRIX)) {
      throw bad("output is not one row per input");
    }
    long classes = tensor.shape() != null && tensor.shape().length == 1 ? 1 : tensor.size(1);
    if (classes != OnnxSignature.ANY && manifest.output().fakeIndex() >= classes) {
      throw bad("output.fakeIndex is beyond the model's %d classes".formatted(classes));
    }
  }

  private static Set<String> names(Map<String, Tensor> tensors) {
    return new TreeSet<>(tensors.keySet());
  }

  private static ModelException bad(String what) {
    return new ModelException("model.json: " + what);
  }
}
