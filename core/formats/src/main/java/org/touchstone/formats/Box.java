package org.touchstone.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A box of ISO/IEC 14496-12, which MP4, QuickTime, AVIF, HEIC and JUMBF are made of.
 *
 * @param type four characters
 * @param data position in the file where its content begins
 * @param end where the next box begins
 * @param cutOff whether it claims to extend beyond its parent; {@code end} is then the parent's end
 */
public record Box(String type, long data, long end, boolean cutOff) {
  /** Number of bytes of version and flags at the start of a full box's content. */
  public static final int FULL_BYTES = 4;

  private static final int MAX_CHILDREN = 100_000;

  /** Boxes that matter; padding and garbage may be cut off. */
  private static final Set<String> ESSENTIAL = Set.of("moov", "moof", "mdat", "meta");

  /** Size of its content in bytes. */
  public long size() {
    return end - data;
  }

  /**
   * The box at a position.
   *
   * @param to end of its parent box or of the file
   * @return empty when no box begins there
   * @throws IOException when the file ends within its header
   */
  public static Optional<Box> at(ByteSource in, long position, long to) throws IOException {
    long room = to - position;
    if (room < BoxHeader.BYTES) {
      return Optional.empty();
    }
    BoxHeader header = BoxHeader.parse(in.buffer(position, BoxHeader.LARGE_BYTES));
    if (header == null || header.bytes() > room) {
      return Optional.empty();
    }
    boolean toTheEnd = header.size() == BoxHeader.TO_THE_END;
    boolean cutOff = !toTheEnd && header.size() > room;
    long end = toTheEnd || cutOff ? to : position + header.size();
    return Optional.of(new Box(header.type(), position + header.bytes(), end, cutOff));
  }

  /**
   * The consecutive boxes in a part of a file, up to the first bytes that are not a box: some
   * programs leave other bytes after the last box.
   *
   * @throws IOException when the file ends within a box header, or when there are too many boxes
   */
  public static List<Box> between(ByteSource in, long from, long to) throws IOException {
    List<Box> boxes = new ArrayList<>();
    for (Optional<Box> box = at(in, from, to); box.isPresent(); box = at(in, box.get().end, to)) {
      if (boxes.size() == MAX_CHILDREN) {
        throw new IOException("too many boxes");
      }
      boxes.add(box.get());
    }
    return boxes;
  }

  /** Whether the file ends before this box does, and the box is more than padding. */
  public boolean lacksEssentials() {
    return cutOff && ESSENTIAL.contains(type);
  }
}
