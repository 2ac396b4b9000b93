package org.touchstone.resolver.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The boxes of an ISO base media file (ISO/IEC 14496-12 §4.2). */
final class IsoBoxes {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int MAX_BOXES = 1_000_000;

  /** Boxes that nothing can be made of when they are cut off; padding and garbage may be. */
  static final Set<String> ESSENTIAL = Set.of("moov", "moof", "mdat", "meta");

  private final FileChannel file;

  IsoBoxes(FileChannel file) {
    this.file = file;
  }

  /**
   * A box.
   *
   * @param start where its payload begins
   * @param end where it ends by its own account
   */
  record Box(String type, long start, long end) {}

  /**
   * The boxes in a range, the last of which may end beyond it. What follows the boxes and is none,
   * as some programs leave behind, ends the list.
   */
  List<Box> in(long from, long to) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long at = from;
    while (to - at >= HEADER && boxes.size() < MAX_BOXES) {
      ByteBuffer header = read(at, (int) Math.min(LARGE_HEADER, to - at));
      long size = Integer.toUnsignedLong(header.getInt(0));
      int headerSize = HEADER;
      if (size == 1 && header.limit() == LARGE_HEADER) {
        size = header.getLong(HEADER);
        headerSize = LARGE_HEADER;
      } else if (size == 0) {
        size = to - at;
      }
      long end = at + size;
      if (size < headerSize || end < at) {
        break;
      }
      String type = new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
      boxes.add(new Box(type, at + headerSize, end));
      at = end;
    }
    return boxes;
  }

  /** The first box of this type in a range that it does not leave. */
  Optional<Box> first(String type, long from, long to) throws IOException {
    return in(from, to).stream().filter(b -> b.type().equals(type) && b.end() <= to).findFirst();
  }

  /**
   * @throws CorruptException when the file ends before an essential box does
   */
  void requireComplete() throws IOException {
    long length = file.size();
    for (Box box : in(0, length)) {
      if (box.end() > length && ESSENTIAL.contains(box.type())) {
        throw new CorruptException("cut off within " + box.type());
      }
    }
  }

  ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("end of file");
      }
    }
    return buffer.flip();
  }
}
