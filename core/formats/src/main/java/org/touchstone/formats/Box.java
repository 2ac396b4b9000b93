package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of ISO 14496-12, which MP4, QuickTime, AVIF and HEIC are made of.
 *
 * @param type four characters
 * @param data where in the file its content begins
 * @param end where the next box begins
 */
public record Box(String type, long data, long end) {
  /** Bytes of version and flags that the content of a full box begins with. */
  public static final int FULL_BYTES = 4;

  private static final int HEADER_BYTES = 8;
  private static final int LARGE_HEADER_BYTES = 16;
  private static final int MAX_CHILDREN = 100_000;

  /** Bytes of its content. */
  public long size() {
    return end - data;
  }

  /**
   * The boxes one after another in a part of a file, as far as they make sense.
   *
   * @throws IOException when the file ends before they do, or when there are too many
   */
  public static List<Box> between(ByteSource in, long from, long to) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long position = from;
    while (position + HEADER_BYTES <= to) {
      Box box = at(in, position, to);
      if (box == null) {
        break;
      }
      if (boxes.size() == MAX_CHILDREN) {
        throw new IOException("too many boxes");
      }
      boxes.add(box);
      position = box.end;
    }
    return boxes;
  }

  private static Box at(ByteSource in, long position, long to) throws IOException {
    ByteBuffer header = in.buffer(position, LARGE_HEADER_BYTES);
    long size = Integer.toUnsignedLong(header.getInt());
    byte[] type = new byte[Integer.BYTES];
    header.get(type);
    int headerBytes = HEADER_BYTES;
    if (size == 1 && header.remaining() >= Long.BYTES) {
      size = header.getLong();
      // ffmpeg takes this impossible size for one that reaches to the end, and so must its guard.
      size = size == HEADER_BYTES ? to - position : size;
      headerBytes = LARGE_HEADER_BYTES;
    } else if (size == 0) {
      size = to - position;
    }
    if (size < headerBytes || headerBytes > to - position) {
      return null;
    }
    long end = size > to - position ? to : position + size;
    return new Box(new String(type, StandardCharsets.ISO_8859_1), position + headerBytes, end);
  }
}
