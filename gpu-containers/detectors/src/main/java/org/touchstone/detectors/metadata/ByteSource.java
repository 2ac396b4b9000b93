package org.touchstone.detectors.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Random access to a file within a budget of bytes and of reads, so that no file however made keeps
 * a reader busy. Numbers are big-endian.
 */
final class ByteSource implements AutoCloseable {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_READS = 200_000;

  private final FileChannel channel;
  private final long size;
  private long bytesLeft = MAX_BYTES;
  private int readsLeft = MAX_READS;

  ByteSource(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  long size() {
    return size;
  }

  /**
   * Bytes from a position.
   *
   * @throws EOFException when the file ends before, or the budget is used up
   */
  byte[] read(long position, long length) throws IOException {
    bytesLeft -= length;
    if (length < 0
        || bytesLeft < 0
        || --readsLeft < 0
        || position < 0
        || position > size - length) {
      throw new EOFException();
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.array();
  }

  /** A view on some bytes, at most as many as are left. */
  ByteBuffer buffer(long position, long atMost) throws IOException {
    return ByteBuffer.wrap(read(position, Math.min(atMost, size - position)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
