package org.touchstone.testing.formula;

/**
 * Element types that checkpoints can be written in, with their names in PyTorch and safetensors.
 */
public enum DType {
  FLOAT64(8, "DoubleStorage", "F64"),
  FLOAT32(4, "FloatStorage", "F32"),
  FLOAT16(2, "HalfStorage", "F16"),
  BFLOAT16(2, "BFloat16Storage", "BF16"),
  INT64(8, "LongStorage", "I64"),
  INT32(4, "IntStorage", "I32");

  private final int bytes;
  private final String torchStorage;
  private final String safetensors;

  DType(int bytes, String torchStorage, String safetensors) {
    this.bytes = bytes;
    this.torchStorage = torchStorage;
    this.safetensors = safetensors;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Name of the class in {@code torch} that holds such elements. */
  public String torchStorage() {
    return torchStorage;
  }

  /** The {@code dtype} in a safetensors header. */
  public String safetensors() {
    return safetensors;
  }
}
