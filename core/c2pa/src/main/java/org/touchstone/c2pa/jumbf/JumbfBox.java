package org.touchstone.c2pa.jumbf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A JUMBF superbox (ISO 19566-5): a label, content boxes and further superboxes.
 *
 * @param label its label; empty when it has none
 * @param type its UUID in lower-case hexadecimal, 32 digits
 * @param body all its bytes after its own header, which is what hashes are made of
 * @param contents its content boxes
 * @param children the superboxes in it
 */
public record JumbfBox(
    String label, String type, ByteBuffer body, List<Content> contents, List<JumbfBox> children) {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_BOXES = 10_000;
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int UUID_BYTES = 16;
  private static final int HAS_LABEL = 2;
  private static final int TO_THE_END = 0;
  private static final int LARGE = 1;
  private static final int SUPERBOX = 0x6A756D62;
  private static final int DESCRIPTION = 0x6A756D64;

  public JumbfBox {
    contents = List.copyOf(contents);
    children = List.copyOf(children);
  }

  /**
   * A content box.
   *
   * @param type four characters, such as {@code cbor} or {@code json}
   * @param data its bytes after its header
   */
  public record Content(String type, ByteBuffer data) {}

  /**
   * The first superbox in some bytes.
   *
   * @throws JumbfException when there is none, when a box within it is cut off or reaches out of
   *     its parent, or when there are more boxes or levels than this reader reads
   */
  public static JumbfBox read(byte[] bytes) throws JumbfException {
    return new Reader().first(ByteBuffer.wrap(bytes));
  }

  /** The first superbox of that label in it. */
  public Optional<JumbfBox> child(String wanted) {
    return children.stream().filter(child -> child.label.equals(wanted)).findFirst();
  }

  /** The data of the first content box of a type. */
  public Optional<ByteBuffer> content(String wanted) {
    return contents.stream()
        .filter(content -> content.type.equals(wanted))
        .map(content -> content.data.duplicate())
        .findFirst();
  }

  /** Reads boxes within boxes, at most {@link #MAX_BOXES} in all. */
  private static final class Reader {
    private int boxesLeft = MAX_BOXES;

    JumbfBox first(ByteBuffer in) throws JumbfException {
      while (in.hasRemaining()) {
        Box box = next(in);
        if (box.type == SUPERBOX) {
          return superbox(box.data, 1);
        }
      }
      throw JumbfException.malformed("there is not a superbox");
    }

    private record Box(int type, ByteBuffer data) {}

    private Box next(ByteBuffer in) throws JumbfException {
      if (boxesLeft-- == 0) {
        throw JumbfException.overLimit("there are more than " + MAX_BOXES + " boxes");
      }
      if (in.remaining() < HEADER) {
        throw JumbfException.malformed("a box is cut off");
      }
      int start = in.position();
      long size = Integer.toUnsignedLong(in.getInt(start));
      int type = in.getInt(start + Integer.BYTES);
      int header = HEADER;
      if (size == LARGE) {
        if (in.remaining() < LARGE_HEADER) {
          throw JumbfException.malformed("a box is cut off");
        }
        size = in.getLong(start + HEADER);
        header = LARGE_HEADER;
      } else if (size == TO_THE_END) {
        size = in.remaining();
      }
      if (size < header || size > in.remaining()) {
        throw JumbfException.malformed("a box reaches out of the one around it");
      }
      ByteBuffer data = in.slice(start + header, (int) size - header);
      in.position(start + (int) size);
      return new Box(type, data);
    }

    private JumbfBox superbox(ByteBuffer body, int depth) throws JumbfException {
      if (depth > MAX_DEPTH) {
        throw JumbfException.overLimit("boxes lie more than " + MAX_DEPTH + " levels deep");
      }
      ByteBuffer in = body.duplicate();
      if (!in.hasRemaining()) {
        throw JumbfException.malformed("a superbox is empty");
      }
      Box description = next(in);
      if (description.type != DESCRIPTION || description.data.remaining() <= UUID_BYTES) {
        throw JumbfException.malformed("a superbox does not begin with its description");
      }
      List<Content> contents = new ArrayList<>();
      List<JumbfBox> children = new ArrayList<>();
      while (in.hasRemaining()) {
        Box part = next(in);
        if (part.type == SUPERBOX) {
          children.add(superbox(part.data, depth + 1));
        } else {
          contents.add(new Content(name(part.type), part.data));
        }
      }
      byte[] uuid = new byte[UUID_BYTES];
      description.data.get(0, uuid);
      return new JumbfBox(
          label(description.data),
          HexFormat.of().formatHex(uuid),
          body.asReadOnlyBuffer(),
          contents,
          children);
    }

    private static String name(int type) {
      byte[] four = ByteBuffer.allocate(Integer.BYTES).putInt(type).array();
      return new String(four, StandardCharsets.ISO_8859_1);
    }

    private static String label(ByteBuffer description) throws JumbfException {
      if ((description.get(UUID_BYTES) & HAS_LABEL) == 0) {
        return "";
      }
      int from = UUID_BYTES + 1;
      for (int i = from; i < description.limit(); i++) {
        if (description.get(i) == 0) {
          byte[] text = new byte[i - from];
          description.get(from, text);
          return new String(text, StandardCharsets.UTF_8);
        }
      }
      throw JumbfException.malformed("a label does not end");
    }
  }
}
