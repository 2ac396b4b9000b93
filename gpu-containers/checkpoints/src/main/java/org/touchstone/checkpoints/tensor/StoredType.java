package org.touchstone.checkpoints.tensor;

import java.nio.ByteBuffer;

/** Element types of stored tensors, with their names in PyTorch and in safetensors. */
public enum StoredType {
  FLOAT64(8, "DoubleStorage", "F64"),
  FLOAT32(4, "FloatStorage", "F32"),
  FLOAT16(2, "HalfStorage", "F16"),
  BFLOAT16(2, "BFloat16Storage", "BF16"),
  INT64(8, "LongStorage", "I64"),
  INT32(4, "IntStorage", "I32"),
  INT16(2, "ShortStorage", "I16"),
  INT8(1, "CharStorage", "I8"),
  UINT8(1, "ByteStorage", "U8"),
  BOOL(1, "BoolStorage", "BOOL");

  private final int bytes;
  private final String torchStorage;
  private final String safetensors;

  StoredType(int bytes, String torchStorage, String safetensors) {
    this.bytes = bytes;
    this.torchStorage = torchStorage;
    this.safetensors = safetensors;
  }

  /** Size of one element in bytes. */
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

  public boolean isFloating() {
    return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
  }

  /** Reads one element, little-endian, at a byte position. */
  float read(ByteBuffer buffer, int at) {
    return switch (this) {
      case FLOAT64 -> (float) buffer.getDouble(at);
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT16 -> Float.float16ToFloat(buffer.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(at) << 16);
      case INT64 -> buffer.getLong(at);
      case INT32 -> buffer.getInt(at);
      case INT16 -> buffer.getShort(at);
      case INT8 -> buffer.get(at);
      case UINT8, BOOL -> buffer.get(at) & 0xff;
    };
  }
}
