package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/** Walks the segments of a JPEG up to the start of its picture (ITU-T T.81, annex B). */
public final class JpegSegments {
  public static final int APP1 = 0xe1;
  public static final int APP11 = 0xeb;
  public static final int APP13 = 0xed;
  public static final int COMMENT = 0xfe;

  /** A marker's first byte. */
  public static final int MARKER = 0xff;

  public static final int END_OF_IMAGE = 0xd9;

  private static final int START_OF_SCAN = 0xda;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int EXTENSION = 0xc8;
  private static final int ARITHMETIC_CONDITIONING = 0xcc;
  private static final int MARKER_BYTES = 2;
  private static final int LENGTH_BYTES = 2;
  private static final int HEADER_BYTES = MARKER_BYTES + LENGTH_BYTES;
  private static final int SEARCHED_BYTES = 4096;

  private JpegSegments() {}

  /** Receives the segments of a JPEG. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param marker the second byte of its marker
     * @param data its content without marker and length; shorter if the file is cut off
     */
    void segment(int marker, byte[] data) throws IOException;
  }

  /**
   * Visits segments in the file's order. Bytes between segments are skipped, as decoders do.
   *
   * @param wanted markers of the segments to read
   * @return position of the marker that begins the first scan or ends the image; the file's size
   *     when the file has neither
   * @throws IOException when the file is too long, or from the visitor
   */
  public static long walk(ByteSource in, IntPredicate wanted, Visitor visitor) throws IOException {
    long position = MARKER_BYTES;
    while (position + HEADER_BYTES <= in.size()) {
      ByteBuffer header = in.buffer(position, HEADER_BYTES);
      int marker = header.get(1) & 0xff;
      if (!isMarker(header.get(0), header.get(1))) {
        position = nextMarker(in, position + 1);
        continue;
      }
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return position;
      }
      int length = header.getShort(MARKER_BYTES) & 0xffff;
      long data = position + HEADER_BYTES;
      if (length > LENGTH_BYTES && wanted.test(marker)) {
        visitor.segment(marker, in.read(data, Math.min(length - LENGTH_BYTES, in.size() - data)));
      }
      position += MARKER_BYTES + Math.max(length, LENGTH_BYTES);
    }
    return in.size();
  }

  /** Whether a segment with this marker holds a frame header: precision, height, width. */
  public static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != EXTENSION
        && marker != ARITHMETIC_CONDITIONING;
  }

  private static boolean isMarker(byte first, byte second) {
    return first == (byte) MARKER && second != (byte) MARKER && second != 0;
  }

  private static long nextMarker(ByteSource in, long from) throws IOException {
    ByteBuffer bytes = in.buffer(from, SEARCHED_BYTES);
    for (int i = 0; i + 1 < bytes.limit(); i++) {
      if (isMarker(bytes.get(i), bytes.get(i + 1))) {
        return from + i;
      }
    }
    return from + Math.max(1, bytes.limit() - 1);
  }
}
