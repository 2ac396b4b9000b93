package org.touchstone.checkpoints.tensor;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A run of elements in a file; several tensors may view one.
 *
 * @param file the file that holds the elements
 * @param dtype type of the elements
 * @param elements number of elements
 * @param offset position of its first byte in the file, known at the latest when the whole file has
 *     been read
 */
public record Storage(CheckpointFile file, StoredType dtype, long elements, LongSupplier offset) {
  public Storage {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(offset, "offset");
    if (elements < 0 || elements > file.size() / dtype.bytes()) {
      throw file.malformed("a storage is larger than the file");
    }
  }

  /** Maps {@code count} elements, beginning with the element {@code from}. */
  ByteBuffer map(long from, long count) {
    return file.map(offset.getAsLong() + from * dtype.bytes(), count * dtype.bytes());
  }
}
