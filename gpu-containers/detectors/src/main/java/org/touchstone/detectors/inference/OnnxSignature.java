package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.Set;
import org.touchstone.models.ElementType;

/**
 * The signature of an ONNX file, as the file declares it.
 *
 * @param opset version of the standard operators; 0 when it uses none
 * @param inputs the required input tensors, by name
 * @param outputs the output tensors, by name
 * @param externalFiles the files of the weights that are not in the ONNX file
 * @param quantised whether some of its operators compute with quantised values
 */
record OnnxSignature(
    long opset,
    Map<String, Declared> inputs,
    Map<String, Declared> outputs,
    Set<String> externalFiles,
    boolean quantised) {
  /** ONNX's number of float32. */
  static final int FLOAT32 = 1;

  /** ONNX's number of uint8. */
  static final int UINT8 = 2;

  /** ONNX's number of int64. */
  static final int INT64 = 7;

  /** ONNX's number of float16. */
  static final int FLOAT16 = 10;

  /** A dimension that may have any size. */
  static final long ANY = -1;

  OnnxSignature {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
    externalFiles = Set.copyOf(externalFiles);
  }

  /** ONNX's number of an element type. */
  static int number(ElementType type) {
    return switch (type) {
      case UINT8 -> UINT8;
      case FLOAT16 -> FLOAT16;
      case FLOAT32 -> FLOAT32;
      case INT64 -> INT64;
    };
  }

  /**
   * @param type ONNX's number of the element type
   * @param shape the dimensions, each {@link #ANY} or a size; null when the file does not say
   */
  record Declared(int type, long[] shape) {
    /** Whether a tensor of that shape fits here. */
    boolean fits(long... wanted) {
      if (shape == null) {
        return true;
      }
      boolean fits = shape.length == wanted.length;
      for (int i = 0; fits && i < wanted.length; i++) {
        fits = shape[i] == ANY || wanted[i] == ANY || shape[i] == wanted[i];
      }
      return fits;
    }

    /** The size of a dimension, or {@link #ANY}. */
    long size(int dimension) {
      return shape == null || dimension >= shape.length ? ANY : shape[dimension];
    }
  }
}
