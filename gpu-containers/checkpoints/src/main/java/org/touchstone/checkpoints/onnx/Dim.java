package org.touchstone.checkpoints.onnx;

/**
 * A dimension of an input or output.
 *
 * @param name name of a variable dimension; null for a fixed one
 * @param size size of a fixed dimension
 */
public record Dim(String name, long size) {
  public static final Dim BATCH = named("batch");

  public static Dim named(String name) {
    return new Dim(name, -1);
  }

  public static Dim of(long size) {
    return new Dim(null, size);
  }

  boolean isFixed() {
    return name == null;
  }
}
