package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks the outermost chunks of a RIFF file, such as WebP, WAV and AVI. */
public final class RiffChunks {
  private static final int FILE_HEADER_BYTES = 12;
  private static final int HEADER_BYTES = 8;

  private RiffChunks() {}

  /** Receives the chunks of a RIFF file. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param type four characters
     * @param data position in the file where its content begins
     * @param length length of its content in bytes, as claimed
     */
    void chunk(String type, long data, long length) throws IOException;
  }

  /**
   * Visits all chunks in the file's order.
   *
   * @throws IOException when the file has too many, or from the visitor
   */
  public static void walk(ByteSource in, Visitor visitor) throws IOException {
    long position = FILE_HEADER_BYTES;
    while (position + HEADER_BYTES <= in.size()) {
      ByteBuffer header = in.buffer(position, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      byte[] type = new byte[Integer.BYTES];
      header.get(type);
      long length = Integer.toUnsignedLong(header.getInt());
      visitor.chunk(new String(type, StandardCharsets.ISO_8859_1), position + HEADER_BYTES, length);
      position += HEADER_BYTES + length + (length & 1);
    }
  }
}
