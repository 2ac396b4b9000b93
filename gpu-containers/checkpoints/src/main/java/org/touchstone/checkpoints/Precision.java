package org.touchstone.checkpoints;

import java.util.Locale;
import org.touchstone.checkpoints.onnx.OnnxType;

/** The type of a model's weights and activations. Normalisations and outputs are exact in both. */
public enum Precision {
  FP32(OnnxType.FLOAT32),
  FP16(OnnxType.FLOAT16);

  private final OnnxType type;

  Precision(OnnxType type) {
    this.type = type;
  }

  OnnxType type() {
    return type;
  }

  /** The name as it is written: {@code fp32} or {@code fp16}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
