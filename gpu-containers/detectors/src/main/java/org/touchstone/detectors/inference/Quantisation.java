package org.touchstone.detectors.inference;

import java.util.Set;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;

/**
 * Whether a model computes with quantised values, such as weights of 8 bits. Processors round these
 * differently, so its scores differ more from machine to machine than those of other models. The
 * operators of the graph tell, whatever the file is called.
 */
public final class Quantisation {
  /** Operators of ONNX and of ONNX Runtime for quantised values, without those named below. */
  private static final Set<String> OPERATORS =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "MatMulInteger",
          "MatMulIntegerToFloat",
          "MatMulInteger16",
          "MatMulNBits",
          "ConvInteger",
          "QGemm",
          "QAttention",
          "QEmbedLayerNormalization");

  private Quantisation() {}

  /**
   * Reads the graph of an installed model.
   *
   * @throws ModelException when the file cannot be read or is not an ONNX model
   */
  public static boolean of(InstalledModel model) {
    return OnnxSignatureReader.read(model.modelPath()).quantised();
  }

  static boolean isOperator(String name) {
    return OPERATORS.contains(name)
        || name.startsWith("QLinear")
        || name.startsWith("DynamicQuantize");
  }
}
