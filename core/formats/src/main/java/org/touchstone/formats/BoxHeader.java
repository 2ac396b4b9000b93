package org.touchstone.formats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The header of a box (ISO/IEC 14496-12 §4.2).
 *
 * @param type four characters
 * @param bytes length of this header, 8 or 16
 * @param size length of the box with its header, or {@link #TO_THE_END}
 */
record BoxHeader(String type, int bytes, long size) {
  static final int BYTES = 8;
  static final int LARGE_BYTES = 16;

  /** Size of a box that extends to the end of its parent. */
  static final long TO_THE_END = -1;

  /** Whether the header goes on after its first {@link #BYTES}. */
  static boolean isLarge(ByteBuffer start) {
    return start.getInt(0) == 1;
  }

  /**
   * Reads a header from the start of a buffer.
   *
   * @param start at least {@link #BYTES}, or {@link #LARGE_BYTES} if the file has that many
   * @return null when the bytes are not a box header
   */
  static BoxHeader parse(ByteBuffer start) {
    long size = Integer.toUnsignedLong(start.getInt(0));
    int bytes = BYTES;
    if (isLarge(start) && start.limit() >= LARGE_BYTES) {
      size = start.getLong(BYTES);
      bytes = LARGE_BYTES;
    }
    // ffmpeg reads this impossible size as "to the end", so this check must do the same.
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
