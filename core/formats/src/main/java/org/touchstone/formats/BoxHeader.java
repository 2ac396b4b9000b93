package org.touchstone.formats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that a box begins with (ISO/IEC 14496-12 §4.2).
 *
 * @param type four characters
 * @param bytes length of this header, 8 or 16
 * @param size length of the box with its header, or {@link #TO_THE_END}
 */
record BoxHeader(String type, int bytes, long size) {
  static final int BYTES = 8;
  static final int LARGE_BYTES = 16;

  /** Size of a box that reaches to the end of what holds it. */
  static final long TO_THE_END = -1;

  /** Whether the header goes on after its first {@link #BYTES}. */
  static boolean isLarge(ByteBuffer start) {
    return start.getInt(0) == 1;
  }

  /**
   * Reads a header from the start of a buffer.
   *
   * @param start at least {@link #BYTES}, or {@link #LARGE_BYTES} where the file has as many
   * @return null when no box begins like that
   */
  static BoxHeader parse(ByteBuffer start) {
    long size = Integer.toUnsignedLong(start.getInt(0));
    int bytes = BYTES;
    if (isLarge(start) && start.limit() >= LARGE_BYTES) {
      size = start.getLong(BYTES);
      bytes = LARGE_BYTES;
    }
    // ffmpeg takes this impossible size for one that reaches to the end, and so must its guard.
    boolean impossible = bytes == LARGE_BYTES && size == BYTES;
    if (impossible || bytes == BYTES && size == 0) {
      size = TO_THE_END;
    } else if (size < bytes) {
      return null;
    }
    byte[] type = new byte[Integer.BYTES];
    start.get(Integer.BYTES, type);
    return new BoxHeader(new String(type, StandardCharsets.ISO_8859_1), bytes, size);
  }
}
