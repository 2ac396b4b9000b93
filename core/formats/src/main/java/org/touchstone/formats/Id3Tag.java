package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An ID3v2 tag (id3.org), at the start of an audio file or in a chunk of another format.
 *
 * @param version 2, 3 or 4
 * @param flags of its header
 * @param data where its content begins
 * @param end where its content ends
 * @param next position of the first byte after the tag
 */
public record Id3Tag(int version, int flags, long data, long end, long next) {
  /** Length in bytes of the header of a tag and, since version 3, of a frame. */
  public static final int HEADER_BYTES = 10;

  private static final int FIRST_VERSION = 2;
  private static final int LAST_VERSION = 4;
  private static final int FIRST_VERSION_WITH_LONG_FRAMES = 3;
  private static final int FIRST_VERSION_WITH_SYNCSAFE_FRAMES = 4;
  private static final int EXTENDED_HEADER_FLAG = 0x40;
  private static final int FOOTER_FLAG = 0x10;
  private static final int SIZE_OFFSET = 6;
  private static final int NOT_SYNCSAFE = 0x80808080;

  /** Receives the frames of a tag. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param id four characters
     * @param data position in the file where its content begins
     * @param length bytes of its content
     */
    void frame(String id, long data, long length) throws IOException;
  }

  /**
   * The tag that a header begins.
   *
   * @param header at least {@link #HEADER_BYTES}, otherwise it is not a tag
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
   * Visits the frames in the tag's order, up to the first one that is not valid. Frames of version
   * 2 and frames after an extended header are not visited.
   *
   * @throws IOException when the tag has too many frames, or from the visitor
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
