package org.touchstone.formats.completeness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.touchstone.formats.Box;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.LeadingTags;

/** The ends of recordings whose headers say how long they are. */
final class ContainerEnds {
  private static final int CHUNK_HEADER = 8;

  /** Programs disagree about what counts, such as padding. */
  private static final int TOLERANCE = 16;

  private static final int EBML_HEADER_ID = 0x1a45dfa3;
  private static final int SEGMENT_ID = 0x18538067;
  private static final int EBML_ID_BYTES = 4;
  private static final int MAX_VINT_BYTES = 8;

  private static final int CAF_HEADER = 8;
  private static final int CAF_CHUNK_HEADER = 12;
  private static final int MAX_CHUNKS = 1000;

  /** Object headers: a GUID and a length of eight bytes. */
  private static final int ASF_OBJECT_HEADER = 24;

  private static final int GUID_BYTES = 16;

  private ContainerEnds() {}

  static Completeness boxes(ByteSource in) throws IOException {
    return Completeness.cutOffIf(
        Box.between(in, 0, in.size()).stream().anyMatch(Box::lacksEssentials));
  }

  static Completeness riff(ByteSource in) throws IOException {
    return chunk(in, ByteOrder.LITTLE_ENDIAN);
  }

  static Completeness aiff(ByteSource in) throws IOException {
    return chunk(in, ByteOrder.BIG_ENDIAN);
  }

  /** A file that is one chunk. Its length is 0 or all ones where it was not known. */
  private static Completeness chunk(ByteSource in, ByteOrder order) throws IOException {
    long start = LeadingTags.end(in);
    if (start + CHUNK_HEADER > in.size()) {
      return Completeness.CUT_OFF;
    }
    ByteBuffer header = ByteBuffer.wrap(in.read(start, CHUNK_HEADER)).order(order);
    int length = header.getInt(Integer.BYTES);
    boolean known = length != 0 && length != -1;
    long end = start + CHUNK_HEADER + Integer.toUnsignedLong(length);
    return Completeness.cutOffIf(known && end > in.size() + TOLERANCE);
  }

  /** The segment follows the EBML header; its length has all bits set where it was not known. */
  static Completeness matroska(ByteSource in) throws IOException {
    long[] header = element(in, 0);
    if (header == null || header[0] != EBML_HEADER_ID) {
      return Completeness.WHOLE;
    }
    long[] segment = element(in, header[1]);
    boolean known = segment != null && segment[0] == SEGMENT_ID;
    return Completeness.cutOffIf(known && segment[1] > in.size());
  }

  /** The id and the end of an element with an id of four bytes; null when its length is unknown. */
  private static long[] element(ByteSource in, long at) throws IOException {
    ByteBuffer head = in.buffer(at, EBML_ID_BYTES + MAX_VINT_BYTES);
    if (head.limit() < EBML_ID_BYTES + MAX_VINT_BYTES) {
      return null;
    }
    int id = head.getInt();
    int first = head.get() & 0xff;
    int bytes = Integer.numberOfLeadingZeros(first) - 23;
    if (bytes > MAX_VINT_BYTES) {
      return null;
    }
    long length = first & (1 << MAX_VINT_BYTES - bytes) - 1;
    long unknown = (1L << 7 * bytes) - 1;
    for (int i = 1; i < bytes; i++) {
      length = length << Byte.SIZE | head.get() & 0xff;
    }
    return length == unknown
        ? null
        : new long[] {Integer.toUnsignedLong(id), at + EBML_ID_BYTES + bytes + length};
  }

  /** The data's length is -1 where it was not known. */
  static Completeness caf(ByteSource in) throws IOException {
    long at = CAF_HEADER;
    for (int i = 0; i < MAX_CHUNKS && at + CAF_CHUNK_HEADER <= in.size(); i++) {
      long length = in.buffer(at, CAF_CHUNK_HEADER).getLong(Integer.BYTES);
      if (length < 0) {
        return Completeness.WHOLE;
      }
      if (length > in.size() - at - CAF_CHUNK_HEADER) {
        return Completeness.CUT_OFF;
      }
      at += CAF_CHUNK_HEADER + length;
    }
    return Completeness.WHOLE;
  }

  /** The header object and the data object; the data's length is 0 where it was not known. */
  static Completeness asf(ByteSource in) throws IOException {
    long header = objectLength(in, 0);
    if (header < ASF_OBJECT_HEADER || header > in.size() - ASF_OBJECT_HEADER) {
      return Completeness.CUT_OFF;
    }
    return Completeness.cutOffIf(objectLength(in, header) > in.size() - header);
  }

  private static long objectLength(ByteSource in, long at) throws IOException {
    return ByteBuffer.wrap(in.read(at, ASF_OBJECT_HEADER))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(GUID_BYTES);
  }
}
