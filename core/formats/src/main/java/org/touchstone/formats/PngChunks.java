package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Walks the chunks of a PNG (ISO/IEC 15948). */
public final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 8;
  private static final int CRC_BYTES = 4;

  private PngChunks() {}

  /** Receives the chunks of a PNG. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param type four characters
     */
    void chunk(String type, byte[] data) throws IOException;
  }

  /**
   * Visits chunks in the file's order. Checksums are not checked.
   *
   * @param wanted types of the chunks to read
   * @param maxBytes longer chunks are skipped
   * @return whether the last chunk was reached and is complete; otherwise the file is cut off
   * @throws IOException when the file is cut off within a wanted chunk or is too long, or from the
   *     visitor
   */
  public static boolean walk(ByteSource in, Predicate<String> wanted, int maxBytes, Visitor visitor)
      throws IOException {
    long position = SIGNATURE_BYTES;
    while (position + HEADER_BYTES <= in.size()) {
      ByteBuffer header = in.buffer(position, HEADER_BYTES);
      long length = Integer.toUnsignedLong(header.getInt());
      String type = StandardCharsets.ISO_8859_1.decode(header).toString();
      if (length <= maxBytes && wanted.test(type)) {
        visitor.chunk(type, in.read(position + HEADER_BYTES, length));
      }
      position += HEADER_BYTES + length + CRC_BYTES;
      if (type.equals("IEND")) {
        return position <= in.size();
      }
    }
    return false;
  }
}
