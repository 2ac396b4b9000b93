package org.touchstone.checkpoints;

import java.util.Locale;
import org.touchstone.checkpoints.onnx.ElementType;

/** The type of a model's weights and activations. Normalisations and outputs are exact in both. */
public enum Precision {
  FP32(ElementType.FLOAT32),
  FP16(ElementType.FLOAT16);

  private final ElementType type;

  Precision(ElementType type) {
    this.type = type;
  }

  ElementType type() {
    return type;
  }

  /** As it is written: {@code fp32} or {@code fp16}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
