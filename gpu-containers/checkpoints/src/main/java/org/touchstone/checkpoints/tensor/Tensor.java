package org.touchstone.checkpoints.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;

/**
 * A strided view of a storage. Its elements are read in row-major order as float32, whatever their
 * type; bounds are checked on construction, so reading cannot leave the storage.
 */
public final class Tensor {
  private static final int MAX_RANK = 8;

  /**
   * The most elements of a tensor: far more than in any layer, and few enough that row-major
   * positions and byte sizes fit a long.
   */
  private static final long MAX_ELEMENTS = 1L << 36;

  private final Storage storage;
  private final long offset;
  private final long[] shape;
  private final long[] strides;
  private final long elements;

  /**
   * @param offset element of the storage at index 0
   * @param shape dimensions
   * @param strides steps between neighbours of each dimension, in elements
   * @throws CheckpointException when the view is invalid or leaves its storage
   */
  public Tensor(Storage storage, long offset, long[] shape, long[] strides) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape.clone();
    this.strides = strides.clone();
    this.elements = checked();
    // The stride of a dimension of size one is never used, and PyTorch writes any number there.
    long[] rowMajor = rowMajor(shape);
    for (int i = 0; i < shape.length; i++) {
      this.strides[i] = shape[i] == 1 ? rowMajor[i] : strides[i];
    }
  }

  /** A tensor that fills its storage in row-major order. */
  public static Tensor contiguous(Storage storage, long[] shape) {
    return new Tensor(storage, 0, shape, rowMajor(shape));
  }

  private static long[] rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step = shape[i] > MAX_ELEMENTS / step ? MAX_ELEMENTS : step * Math.max(1, shape[i]);
    }
    return strides;
  }

  private long checked() {
    CheckpointFile file = storage.file();
    if (shape.length != strides.length || shape.length > MAX_RANK || offset < 0) {
      throw file.malformed("a tensor has an impossible shape");
    }
    long count = 1;
    double last = offset;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || strides[i] < 0) {
        throw file.malformed("a tensor has a negative size or stride");
      }
      last += Math.max(0, shape[i] - 1) * (double) strides[i];
      if (shape[i] != 0 && count > MAX_ELEMENTS / shape[i]) {
        throw new CheckpointException(
            Kind.TOO_LARGE, file.name() + ": a tensor has more than 2^36 elements");
      }
      count *= shape[i];
    }
    if (count > 0 && last >= storage.elements()) {
      throw file.malformed("a tensor reaches beyond its storage");
    }
    return count;
  }

  public StoredType dtype() {
    return storage.dtype();
  }

  public long[] shape() {
    return shape.clone();
  }

  public long elements() {
    return elements;
  }

  public boolean hasShape(long... expected) {
    return Arrays.equals(shape, expected);
  }

  /**
   * A reader of this tensor's elements; it maps the tensor's part of the file once.
   *
   * @throws CheckpointException when the tensor's part of the file is larger than 2 GiB
   */
  public Reader reader() {
    return new Reader();
  }

  /** All elements at once, for tensors that are small enough. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(elements)];
    reader().read(0, values, values.length);
    return values;
  }

  /** Reads runs of a tensor's elements. */
  public final class Reader {
    private final ByteBuffer bytes;
    private final boolean contiguous = Arrays.equals(strides, rowMajor(shape));

    private Reader() {
      long span = elements == 0 ? 0 : 1;
      for (int i = 0; elements > 0 && i < shape.length; i++) {
        span += (shape[i] - 1) * strides[i];
      }
      bytes = storage.map(offset, span);
    }

    /**
     * Copies elements.
     *
     * @param from row-major position of the first element
     * @param into the array to fill, from its start
     */
    public void read(long from, float[] into, int count) {
      int size = dtype().bytes();
      if (contiguous && dtype() == StoredType.FLOAT32) {
        bytes
            .duplicate()
            .order(bytes.order())
            .position(Math.toIntExact(from * size))
            .slice()
            .order(bytes.order())
            .asFloatBuffer()
            .get(into, 0, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        long element = contiguous ? from + i : position(from + i);
        into[i] = dtype().read(bytes, Math.toIntExact(element * size));
      }
    }

    private long position(long flat) {
      long position = 0;
      long rest = flat;
      for (int i = shape.length - 1; i >= 0; i--) {
        position += rest % shape[i] * strides[i];
        rest /= shape[i];
      }
      return position;
    }
  }
}
