package org.touchstone.checkpoints.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A weight of a network: a tensor of the checkpoint or something computed from it. Values are read
 * only when they are written, so that a graph can be laid out, and checked, without them.
 */
public final class Weight {
  private static final int BLOCK = 1 << 18;

  private final long[] shape;
  private final Source source;

  private Weight(long[] shape, Source source) {
    this.shape = shape.clone();
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Accepts values in row-major order, the first {@code count} of the array. */
  @FunctionalInterface
  public interface Sink {
    void accept(float[] values, int count) throws IOException;
  }

  @FunctionalInterface
  private interface Source {
    void copyTo(Sink sink) throws IOException;
  }

  /** The tensor as it is, read in blocks. */
  public static Weight of(Tensor tensor) {
    return new Weight(
        tensor.shape(),
        sink -> {
          Tensor.Reader reader = tensor.reader();
          float[] block = new float[(int) Math.min(BLOCK, tensor.elements())];
          for (long from = 0; from < tensor.elements(); from += block.length) {
            int count = (int) Math.min(block.length, tensor.elements() - from);
            reader.read(from, block, count);
            sink.accept(block, count);
          }
        });
  }

  /** A weight whose values are computed all at once when they are written. */
  public static Weight computed(long[] shape, Supplier<float[]> values) {
    return new Weight(
        shape,
        sink -> {
          float[] all = values.get();
          sink.accept(all, all.length);
        });
  }

  /** A weight with the same number everywhere. */
  public static Weight filled(float value, int length) {
    return computed(
        new long[] {length},
        () -> {
          float[] values = new float[length];
          Arrays.fill(values, value);
          return values;
        });
  }

  public long[] shape() {
    return shape.clone();
  }

  public long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Reads or computes the values. */
  public void copyTo(Sink sink) throws IOException {
    source.copyTo(sink);
  }

  /** All values in an array. */
  public float[] floats() {
    float[] all = new float[Math.toIntExact(elements())];
    int[] at = {0};
    try {
      source.copyTo(
          (values, count) -> {
            System.arraycopy(values, 0, all, at[0], count);
            at[0] += count;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** All values in an array of doubles. */
  public double[] doubles() {
    float[] all = floats();
    double[] doubles = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      doubles[i] = all[i];
    }
    return doubles;
  }

  /** The same values under another shape of as many elements. */
  public Weight reshaped(long... other) {
    Weight same = new Weight(other, source);
    if (same.elements() != elements()) {
      throw new IllegalArgumentException("cannot reshape to " + Arrays.toString(other));
    }
    return same;
  }

  /** The transpose of a matrix. */
  public Weight transposed() {
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    return computed(
        new long[] {columns, rows},
        () -> {
          float[] in = floats();
          float[] out = new float[in.length];
          for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
              out[c * rows + r] = in[r * columns + c];
            }
          }
          return out;
        });
  }

  /** The weight with each slice of the first dimension multiplied by its own factor. */
  public Weight scaled(Supplier<double[]> factors) {
    return computed(
        shape,
        () -> {
          float[] values = floats();
          double[] factor = factors.get();
          int slice = values.length / factor.length;
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor[i / slice]);
          }
          return values;
        });
  }

  /** The same values, with another weight's values added to the first ones. */
  public Weight withFirstAdded(Weight other) {
    return computed(
        shape,
        () -> {
          float[] values = floats();
          float[] added = other.floats();
          for (int i = 0; i < added.length; i++) {
            values[i] += added[i];
          }
          return values;
        });
  }

  /**
   * Some slices of the first dimension; the others are skipped while reading, not kept in memory.
   */
  public Weight rows(int from, int count) {
    long slice = elements() / shape[0];
    long[] part = shape.clone();
    part[0] = count;
    return new Weight(
        part,
        sink -> {
          long[] at = {0};
          copyTo(
              (values, read) -> {
                int begin = (int) Math.clamp(from * slice - at[0], 0, read);
                int end = (int) Math.clamp((from + count) * slice - at[0], 0, read);
                at[0] += read;
                if (begin < end) {
                  sink.accept(Arrays.copyOfRange(values, begin, end), end - begin);
                }
              });
        });
  }

  /** Slices of the first dimension in another order. */
  public Weight permuted(int[] order) {
    return computed(
        shape,
        () -> {
          float[] in = floats();
          float[] out = new float[in.length];
          int slice = in.length / order.length;
          for (int i = 0; i < order.length; i++) {
            System.arraycopy(in, order[i] * slice, out, i * slice, slice);
          }
          return out;
        });
  }

  /** Weights with equal inner dimensions, concatenated along the first. */
  public static Weight stacked(List<Weight> parts) {
    long[] shape = parts.getFirst().shape();
    shape[0] = parts.stream().mapToLong(p -> p.shape[0]).sum();
    return new Weight(
        shape,
        sink -> {
          for (Weight part : parts) {
            part.copyTo(sink);
          }
        });
  }
}
