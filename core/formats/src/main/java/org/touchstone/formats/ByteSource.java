package org.touchstone.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Random access to a file within a budget of bytes and of reads, so that no file however made keeps
 * a reader busy. Numbers are big-endian.
 */
public final class ByteSource implements AutoCloseable {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_READS = 200_000;

  /** Not a channel, which an interrupt would close: that is no fault of the file. */
  private final RandomAccessFile file;

  private final long size;
  private long bytesLeft = MAX_BYTES;
  private int readsLeft = MAX_READS;

  public ByteSource(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    size = file.length();
  }

  public long size() {
    return size;
  }

  /**
   * Bytes from a position.
   *
   * @throws EOFException when the file ends before, or the budget is used up
   */
  public byte[] read(long position, long length) throws IOException {
    bytesLeft -= length;
    if (length < 0
        || bytesLeft < 0
        || --readsLeft < 0
        || position < 0
        || position > size - length) {
      throw new EOFException();
    }
    byte[] bytes = new byte[(int) length];
    file.seek(position);
    file.readFully(bytes);
    return bytes;
  }

  /** A view on some bytes, at most as many as are left. */
  public ByteBuffer buffer(long position, long atMost) throws IOException {
    return ByteBuffer.wrap(read(position, Math.min(atMost, size - position)));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
