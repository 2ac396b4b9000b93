package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Follows the outermost boxes of a file while its bytes pass by, without storing them; {@link
 * Box#between} reads the boxes of a stored file.
 */
public final class PassingBoxes {
  /** Boxes that contain samples or nothing. */
  private static final Set<String> NO_INDEX = Set.of("mdat", "free", "skip", "wide");

  private final ByteBuffer header = ByteBuffer.allocate(BoxHeader.LARGE_BYTES);
  private long at;
  private long end;
  private String type = "";
  private boolean pastTheBoxes;
  private boolean hasItems;

  /**
   * Accepts all bytes except samples: the headers of all boxes, and the content of descriptive
   * boxes.
   */
  @FunctionalInterface
  public interface Keeper {
    /**
     * @param offset position of the bytes in the array
     * @param position position of the bytes in the file
     */
    void keep(int offset, int length, long position) throws IOException;
  }

  public PassingBoxes() {
    header.limit(BoxHeader.BYTES);
  }

  /** Processes the file's next bytes. */
  public void accept(byte[] bytes, int offset, int length, Keeper keeper) throws IOException {
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
    if (header.limit() == BoxHeader.BYTES && BoxHeader.isLarge(header)) {
      header.limit(BoxHeader.LARGE_BYTES);
      return;
    }
    BoxHeader parsed = BoxHeader.parse(header);
    boolean toTheEnd = parsed != null && parsed.size() == BoxHeader.TO_THE_END;
    long next = parsed == null ? -1 : at - parsed.bytes() + parsed.size();
    if (parsed != null && !toTheEnd && parsed.size() > Long.MAX_VALUE - at) {
      // Longer than any file: it is cut off.
      next = Long.MAX_VALUE - 1;
    }
    if (!toTheEnd && next < at) {
      // Bytes after the last box that are not a box; some programs leave such bytes.
      pastTheBoxes = true;
      return;
    }
    end = toTheEnd ? Long.MAX_VALUE : next;
    type = parsed.type();
    hasItems |= type.equals("meta");
    header.clear().limit(BoxHeader.BYTES);
  }

  /**
   * Whether there is a box that describes items, such as XMP. Their bytes may lie anywhere in the
   * file, also among samples.
   */
  public boolean hasItems() {
    return hasItems;
  }
}
