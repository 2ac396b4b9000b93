package org.touchstone.resolver.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Follows the outermost boxes of an ISO base media file (ISO/IEC 14496-12 §4.2) while its bytes
 * pass by, and keeps none of them; {@link IsoBoxes} reads those of a file at hand.
 */
final class BoxWalk {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;

  /** Boxes within which are samples, or nothing. */
  private static final Set<String> NO_INDEX = Set.of("mdat", "free", "skip", "wide");

  private final ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER);
  private long at;
  private long end;
  private String type = "";
  private boolean pastTheBoxes;

  /** Takes what is not samples: all boxes' headers, and the payload of those that describe. */
  @FunctionalInterface
  interface Keeper {
    /**
     * @param offset where the bytes are in the array that passes
     * @param position where they are in the file
     */
    void keep(int offset, int length, long position) throws IOException;
  }

  BoxWalk() {
    header.limit(HEADER);
  }

  void accept(byte[] bytes, int offset, int length, Keeper keeper) throws IOException {
    int from = offset;
    int to = offset + length;
    while (from < to && !pastTheBoxes) {
      boolean inPayload = at < end;
      int count = (int) Math.min(to - from, inPayload ? end - at : header.remaining());
      if (!inPayload || !NO_INDEX.contains(type)) {
        keeper.keep(from, count, at);
      }
      if (!inPayload) {
        header.put(bytes, from, count);
      }
      at += count;
      from += count;
      if (!header.hasRemaining()) {
        header();
      }
    }
  }

  private void header() {
    long size = Integer.toUnsignedLong(header.getInt(0));
    int headerSize = HEADER;
    if (size == 1) {
      if (header.limit() == HEADER) {
        header.limit(LARGE_HEADER);
        return;
      }
      size = header.getLong(HEADER);
      headerSize = LARGE_HEADER;
    }
    long start = at - headerSize;
    boolean toTheEndOfTheFile = size == 0;
    end = toTheEndOfTheFile ? Long.MAX_VALUE : start + size;
    if (!toTheEndOfTheFile && (size < headerSize || end < start)) {
      // What follows the boxes and is none, as some programs leave behind.
      pastTheBoxes = true;
      return;
    }
    type = new String(header.array(), Integer.BYTES, Integer.BYTES, StandardCharsets.ISO_8859_1);
    header.clear().limit(HEADER);
  }

  /**
   * To be asked when all bytes have passed.
   *
   * @throws CorruptException when the file ends before an essential box does
   */
  void requireComplete() throws CorruptException {
    if (!pastTheBoxes && at < end && end != Long.MAX_VALUE && IsoBoxes.ESSENTIAL.contains(type)) {
      throw new CorruptException("cut off within " + type);
    }
  }
}
