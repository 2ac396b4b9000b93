package org.touchstone.models;

/** The type of a tensor's values. */
public enum ElementType {
  UINT8(Byte.BYTES),
  /** IEEE 754 half precision. */
  FLOAT16(Short.BYTES),
  FLOAT32(Float.BYTES),
  INT64(Long.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one value. */
  public int bytes() {
    return bytes;
  }
}
