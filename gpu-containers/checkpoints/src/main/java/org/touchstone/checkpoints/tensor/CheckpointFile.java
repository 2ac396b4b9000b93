package org.touchstone.checkpoints.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.touchstone.checkpoints.tensor.CheckpointException.Kind;

/**
 * An open checkpoint file. It is read by mapping parts of it, so none of it is copied to the heap.
 */
public final class CheckpointFile implements Closeable {
  private final String name;
  private final FileChannel channel;
  private final long size;

  private CheckpointFile(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  /**
   * @throws CheckpointException when it is not a regular file or cannot be read
   */
  public static CheckpointFile open(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(Kind.UNREADABLE, name + ": no such file");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new CheckpointFile(name, channel, channel.size());
    } catch (IOException e) {
      throw new CheckpointException(Kind.UNREADABLE, name + ": cannot be read", e);
    }
  }

  /** The file's name without its folder. */
  public String name() {
    return name;
  }

  public long size() {
    return size;
  }

  /**
   * A read-only, little-endian view.
   *
   * @throws CheckpointException when the range exceeds the file or is larger than 2 GiB - 1
   */
  public ByteBuffer map(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw malformed("ends too early");
    }
    if (length > Integer.MAX_VALUE) {
      throw new CheckpointException(Kind.TOO_LARGE, name + ": one part is larger than 2 GiB");
    }
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new CheckpointException(Kind.UNREADABLE, name + ": cannot be read", e);
    }
  }

  public CheckpointException malformed(String what) {
    return new CheckpointException(Kind.MALFORMED, name + ": " + what);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CheckpointException(Kind.UNREADABLE, name + ": cannot be closed", e);
    }
  }
}
