package org.touchstone.provenance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.formats.Box;
import org.touchstone.formats.ByteSource;

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
  private static final int UUID_BYTES = 16;
  private static final int LABEL_FLAG = 2;
  private static final String SUPERBOX = "jumb";
  private static final String DESCRIPTION = "jumd";

  /**
   * A content box.
   *
   * @param type four characters, such as {@code cbor} or {@code json}
   */
  record Content(String type, ByteBuffer data) {}

  /**
   * The first superbox in some bytes, as far as it can be read.
   *
   * @throws IOException when it has too many boxes
   */
  static Optional<Jumbf> read(byte[] bytes) throws IOException {
    return new Reader(bytes).read();
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

  /** Reads boxes within boxes, at most {@link #MAX_BOXES} in all. */
  private static final class Reader {
    private final byte[] bytes;
    private final ByteSource in;
    private int boxesLeft = MAX_BOXES;

    Reader(byte[] bytes) {
      this.bytes = bytes;
      this.in = ByteSource.of(bytes);
    }

    Optional<Jumbf> read() throws IOException {
      Optional<Box> next = Box.at(in, 0, in.size());
      while (next.isPresent() && boxesLeft-- > 0) {
        if (next.get().type().equals(SUPERBOX)) {
          return Optional.of(superbox(next.get(), 1));
        }
        next = Box.at(in, next.get().end(), in.size());
      }
      return Optional.empty();
    }

    private Jumbf superbox(Box box, int depth) throws IOException {
      String label = "";
      List<Content> contents = new ArrayList<>();
      List<Jumbf> children = new ArrayList<>();
      Optional<Box> next = Box.at(in, box.data(), box.end());
      while (next.isPresent() && boxesLeft-- > 0) {
        Box part = next.get();
        if (part.type().equals(SUPERBOX) && depth < MAX_DEPTH) {
          children.add(superbox(part, depth + 1));
        } else if (part.type().equals(DESCRIPTION)) {
          label = label(data(part));
        } else {
          contents.add(new Content(part.type(), data(part)));
        }
        next = Box.at(in, part.end(), box.end());
      }
      return new Jumbf(label, contents, children);
    }

    private ByteBuffer data(Box box) {
      return ByteBuffer.wrap(bytes, (int) box.data(), (int) box.size()).slice();
    }
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
}
