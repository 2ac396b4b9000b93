package org.touchstone.provenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JUMBF superbox (ISO 19566-5): a label, content boxes and further superboxes.
 *
 * @param label its label, empty when it has none
 * @param contents its content boxes
 * @param children the superboxes in it
 */
record Jumbf(String label, List<Content> contents, List<Jumbf> children) {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_BOXES = 10_000;
  private static final int HEADER_BYTES = 8;
  private static final int UUID_BYTES = 16;
  private static final int LABEL_FLAG = 2;
  private static final int SUPERBOX = 'j' << 24 | 'u' << 16 | 'm' << 8 | 'b';
  private static final int DESCRIPTION = 'j' << 24 | 'u' << 16 | 'm' << 8 | 'd';

  /**
   * A content box.
   *
   * @param type four characters, such as {@code cbor} or {@code json}
   */
  record Content(String type, ByteBuffer data) {}

  /** The superbox that some bytes begin with, as far as it can be read. */
  static Optional<Jumbf> read(byte[] bytes) {
    List<Jumbf> found = new ArrayList<>();
    boxes(ByteBuffer.wrap(bytes), 0, new int[] {MAX_BOXES}, new StringBuilder(), List.of(), found);
    return found.stream().findFirst();
  }

  Optional<Jumbf> child(String childLabel) {
    return children.stream().filter(c -> c.label.equals(childLabel)).findFirst();
  }

  Optional<ByteBuffer> content(String type) {
    return contents.stream()
        .filter(c -> c.type.equals(type))
        .map(c -> c.data.duplicate())
        .findFirst();
  }

  private static void boxes(
      ByteBuffer in,
      int depth,
      int[] boxesLeft,
      StringBuilder label,
      List<Content> contents,
      List<Jumbf> children) {
    while (in.remaining() >= HEADER_BYTES && boxesLeft[0]-- > 0) {
      int start = in.position();
      long size = Integer.toUnsignedLong(in.getInt());
      int type = in.getInt();
      if (size == 1 && in.remaining() >= Long.BYTES) {
        size = in.getLong();
      } else if (size == 0) {
        size = in.limit() - start;
      }
      if (size < in.position() - start) {
        return;
      }
      int end = (int) Math.min(in.limit(), start + size);
      ByteBuffer data = in.slice(in.position(), end - in.position());
      if (type == SUPERBOX && depth < MAX_DEPTH) {
        children.add(superbox(data, depth + 1, boxesLeft));
      } else if (type == DESCRIPTION) {
        label.append(label(data));
      } else if (depth > 0) {
        contents.add(new Content(name(type), data));
      }
      in.position(end);
    }
  }

  private static Jumbf superbox(ByteBuffer in, int depth, int[] boxesLeft) {
    StringBuilder label = new StringBuilder();
    List<Content> contents = new ArrayList<>();
    List<Jumbf> children = new ArrayList<>();
    boxes(in, depth, boxesLeft, label, contents, children);
    return new Jumbf(label.toString(), contents, children);
  }

  private static String label(ByteBuffer description) {
    if (description.remaining() <= UUID_BYTES || (description.get(UUID_BYTES) & LABEL_FLAG) == 0) {
      return "";
    }
    String rest =
        StandardCharsets.UTF_8
            .decode(description.slice(UUID_BYTES + 1, description.limit() - UUID_BYTES - 1))
            .toString();
    int end = rest.indexOf('\0');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String name(int type) {
    return new String(
        new char[] {
          (char) (type >>> 24),
          (char) (type >> 16 & 0xff),
          (char) (type >> 8 & 0xff),
          (char) (type & 0xff)
        });
  }
}
