package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Tags before the first frame of sound: ID3v2 (id3.org) and APE (Monkey's Audio), in any order. */
public final class LeadingTags {
  private static final String APE = "APETAGEX";
  private static final int APE_HEADER_BYTES = 32;
  private static final int APE_SIZE_OFFSET = 12;

  /** A crafted file could have a tag in every ten bytes. */
  private static final int MAX_TAGS = 100;

  private LeadingTags() {}

  /** Where the tags at the start end, which may be beyond the head; 0 when there are none. */
  static int end(Head head) {
    long end = 0;
    for (int tags = 0; tags < MAX_TAGS && end < head.length(); tags++) {
      long next = next(head, (int) end);
      if (next == end) {
        break;
      }
      end = next;
    }
    return (int) Math.min(end, Integer.MAX_VALUE);
  }

  /** Where the tags at the start of a file end, which may be beyond its end. */
  public static long end(ByteSource in) throws IOException {
    long end = 0;
    for (int tags = 0; tags < MAX_TAGS && end < in.size(); tags++) {
      ByteBuffer start = in.buffer(end, APE_HEADER_BYTES);
      byte[] bytes = new byte[start.remaining()];
      start.get(bytes);
      long length = next(new Head(bytes, bytes.length), 0);
      if (length == 0) {
        break;
      }
      end += length;
    }
    return end;
  }

  private static long next(Head head, int at) {
    Optional<Id3Tag> id3 = Id3Tag.parse(head.from(at), at);
    if (id3.isPresent()) {
      return id3.get().next();
    }
    if (head.hasAt(at, APE) && at + APE_HEADER_BYTES <= head.length()) {
      // Its size is little-endian and leaves out the header.
      long size =
          Integer.toUnsignedLong(Integer.reverseBytes((int) head.uint32At(at + APE_SIZE_OFFSET)));
      return at + APE_HEADER_BYTES + size;
    }
    return at;
  }
}
