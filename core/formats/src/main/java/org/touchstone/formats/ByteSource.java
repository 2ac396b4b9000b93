package org.touchstone.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Random access to a file or to bytes in memory, within a budget of bytes and reads, so that no
 * crafted file can keep a reader busy. Numbers are big-endian. Not thread-safe.
 */
public final class ByteSource implements AutoCloseable {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_READS = 200_000;

  private final Storage storage;
  private final long size;
  private long bytesLeft = MAX_BYTES;
  private int readsLeft = MAX_READS;

  /** The storage of the bytes. */
  private interface Storage {
    /** Fills an array from a position; the caller makes sure that the bytes exist. */
    void read(long position, byte[] into) throws IOException;

    void close() throws IOException;
  }

  /**
   * A file on disk. It is not a channel, because an interrupt would close a channel and look like a
   * fault of the file.
   */
  private record OnDisk(RandomAccessFile file) implements Storage {
    @Override
    public void read(long position, byte[] into) throws IOException {
      file.seek(position);
      file.readFully(into);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record InMemory(byte[] bytes) implements Storage {
    @Override
    public void read(long position, byte[] into) {
      System.arraycopy(bytes, (int) position, into, 0, into.length);
    }

    @Override
    public void close() {
      // Nothing to close.
    }
  }

  /** A part of another source, which stays open when this is closed. */
  private record Part(ByteSource whole, long from) implements Storage {
    @Override
    public void read(long position, byte[] into) throws IOException {
      System.arraycopy(whole.read(from + position, into.length), 0, into, 0, into.length);
    }

    @Override
    public void close() {
      // The whole is closed by its owner.
    }
  }

  public ByteSource(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    storage = new OnDisk(file);
    size = file.length();
  }

  private ByteSource(Part part, long size) {
    storage = part;
    this.size = size;
  }

  private ByteSource(byte[] bytes) {
    storage = new InMemory(bytes);
    size = bytes.length;
  }

  /**
   * Bytes in memory, read like a file.
   *
   * @param bytes not copied
   */
  public static ByteSource of(byte[] bytes) {
    return new ByteSource(bytes);
  }

  public long size() {
    return size;
  }

  /**
   * A part as a source of its own; what is read of it counts against this source's budget too.
   *
   * @param length at most this many bytes; fewer when this source ends before
   * @throws EOFException when this source ends before the part begins
   */
  public ByteSource part(long from, long length) throws IOException {
    if (from < 0 || length < 0 || from > size) {
      throw new EOFException();
    }
    return new ByteSource(new Part(this, from), Math.min(length, size - from));
  }

  /**
   * Bytes from a position.
   *
   * @throws EOFException when the file ends before, or the budget is used up
   */
  public byte[] read(long position, long length) throws IOException {
    if (length < 0 || position < 0 || length > bytesLeft || --readsLeft < 0) {
      throw new EOFException();
    }
    bytesLeft -= length;
    if (position > size - length) {
      throw new EOFException();
    }
    byte[] bytes = new byte[(int) length];
    storage.read(position, bytes);
    return bytes;
  }

  /** A view of some bytes, at most as many as remain. */
  public ByteBuffer buffer(long position, long atMost) throws IOException {
    return ByteBuffer.wrap(read(position, Math.min(atMost, size - position)));
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
