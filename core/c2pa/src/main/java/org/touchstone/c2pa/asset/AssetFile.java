package org.touchstone.c2pa.asset;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file, read where they are wanted. Not thread-safe. */
public final class AssetFile implements Closeable {
  private static final int BUFFER = 64 << 10;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long bufferStart;

  private AssetFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** Opens a file for reading. */
  public static AssetFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new AssetFile(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public long size() {
    return size;
  }

  /**
   * Bytes of the file.
   *
   * @throws EOFException when the file ends before
   */
  public byte[] read(long start, int length) throws IOException {
    byte[] bytes = new byte[length];
    read(start, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Fills a buffer with bytes of the file.
   *
   * @throws EOFException when the file ends before
   */
  public void read(long start, ByteBuffer into) throws IOException {
    if (start < 0 || start > size - into.remaining()) {
      throw new EOFException("the file ends before");
    }
    if (into.remaining() > BUFFER / 2) {
      readChannel(start, into);
      return;
    }
    if (start < bufferStart || start + into.remaining() > bufferStart + buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, size - start));
      readChannel(start, buffer);
      buffer.flip();
      bufferStart = start;
    }
    into.put(buffer.slice((int) (start - bufferStart), into.remaining()));
  }

  private void readChannel(long start, ByteBuffer into) throws IOException {
    long at = start;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new EOFException("the file ends before");
      }
      at += count;
    }
  }

  /** The byte there, 0 to 255. */
  int unsigned(long at) throws IOException {
    return Byte.toUnsignedInt(read(at, 1)[0]);
  }

  /** The 16-bit number there, its highest byte first. */
  int unsignedShort(long at) throws IOException {
    return Short.toUnsignedInt(ByteBuffer.wrap(read(at, Short.BYTES)).getShort());
  }

  /** The 32-bit number there, its highest byte first. */
  long unsignedInt(long at) throws IOException {
    return Integer.toUnsignedLong(ByteBuffer.wrap(read(at, Integer.BYTES)).getInt());
  }

  /** The four characters there. */
  String fourCharacters(long at) throws IOException {
    return new String(read(at, Integer.BYTES), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
