package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An ID3v2 tag (id3.org), which audio files begin with, or other formats hold in a chunk.
 *
 * @param version 2, 3 or 4
 * @param flags of its header
 * @param data where its content begins
 * @param end where its content ends
 * @param next where what follows the tag begins
 */
public record Id3Tag(int version, int flags, long data, long end, long next) {
  /** Bytes that a tag, and each of its frames since version 3, begins with. */
  public static final int HEADER_BYTES = 10;

  private static final int FIRST_VERSION = 2;
  private static final int LAST_VERSION = 4;
  private static final int FIRST_VERSION_WITH_LONG_FRAMES = 3;
  private static final int FIRST_VERSION_WITH_SYNCSAFE_FRAMES = 4;
  private static final int EXTENDED_HEADER_FLAG = 0x40;
  private static final int FOOTER_FLAG = 0x10;
  private static final int SIZE_OFFSET = 6;
  private static final int NOT_SYNCSAFE = 0x80808080;

  /** Looks at a frame. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param id four characters
     * @param data where in the file its content begins
     * @param length bytes of its content
     */
    void frame(String id, long data, long length) throws IOException;
  }

  /**
   * The tag that a header begins.
   *
   * @param header at least {@link #HEADER_BYTES}, else no tag begins there
   * @param position of the header in the file
   */
  public static Optional<Id3Tag> parse(ByteBuffer header, long position) {
    if (header.limit() < HEADER_BYTES
        || header.get(0) != 'I'
        || header.get(1) != 'D'
        || header.get(2) != '3') {
      return Optional.empty();
    }
    int version = header.get(3);
    int size = header.getInt(SIZE_OFFSET);
    if (version < FIRST_VERSION || version > LAST_VERSION || (size & NOT_SYNCSAFE) != 0) {
      return Optional.empty();
    }
    int flags = header.get(5) & 0xff;
    long data = position + HEADER_BYTES;
    long end = data + syncsafe(size);
    boolean footer = (flags & FOOTER_FLAG) != 0;
    return Optional.of(new Id3Tag(version, flags, data, end, end + (footer ? HEADER_BYTES : 0)));
  }

  /** The tag at a position of a file. */
  public static Optional<Id3Tag> at(ByteSource in, long position) throws IOException {
    return parse(in.buffer(position, HEADER_BYTES), position);
  }

  /**
   * Shows the frames in the tag's order, as far as they make sense; none of version 2 or behind an
   * extended header.
   *
   * @throws IOException when there are too many, or from the visitor
   */
  public void frames(ByteSource in, Visitor visitor) throws IOException {
    if (version < FIRST_VERSION_WITH_LONG_FRAMES || (flags & EXTENDED_HEADER_FLAG) != 0) {
      return;
    }
    long last = Math.min(in.size(), end);
    long frame = data;
    while (frame + HEADER_BYTES <= last) {
      ByteBuffer header = in.buffer(frame, HEADER_BYTES);
      int size = header.getInt(Integer.BYTES);
      long length =
          version >= FIRST_VERSION_WITH_SYNCSAFE_FRAMES
              ? syncsafe(size)
              : Integer.toUnsignedLong(size);
      if (header.get(0) == 0 || length > last - frame - HEADER_BYTES) {
        return;
      }
      byte[] id = new byte[Integer.BYTES];
      header.get(0, id);
      visitor.frame(new String(id, StandardCharsets.ISO_8859_1), frame + HEADER_BYTES, length);
      frame += HEADER_BYTES + length;
    }
  }

  /** Four times seven bits. */
  private static long syncsafe(int value) {
    return (value & 0x7f)
        | (value >> 8 & 0x7f) << 7
        | (value >> 16 & 0x7f) << 14
        | (value >> 24 & 0x7f) << 21;
  }
}
