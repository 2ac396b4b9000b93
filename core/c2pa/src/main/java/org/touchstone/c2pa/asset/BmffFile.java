package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A file of boxes (ISO 14496-12: MP4, MOV, M4A, HEIF). Its manifest store lies in a {@code uuid}
 * box.
 */
public final class BmffFile implements Container {
  private static final byte[] C2PA_UUID =
      HexFormat.of().parseHex("d8fec3d61b0e483c92975828877ec481");
  private static final int MAX_BOXES = 100_000;
  private static final int MAX_DEPTH = 16;
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int UUID_BYTES = 16;
  private static final int VERSION_AND_FLAGS = 4;
  private static final int MAX_PURPOSE = 16;

  /** Position of the boxes within the store, for files whose hashes form a tree. */
  private static final int MERKLE_OFFSET = 8;

  private final AssetFile file;
  private List<BmffBox> boxes;

  BmffFile(AssetFile file) {
    this.file = file;
  }

  /** The file's bytes. */
  public AssetFile file() {
    return file;
  }

  /**
   * The boxes at the top of the file.
   *
   * @throws IOException when a box reaches out of the file, or there are too many
   */
  public List<BmffBox> boxes() throws IOException {
    if (boxes == null) {
      boxes = boxesIn(0, file.size());
    }
    return boxes;
  }

  /**
   * The boxes on a path, such as {@code /moov/trak}, in the order of the file.
   *
   * @throws IOException when a box on the way reaches out of its parent, or there are too many
   */
  public List<BmffBox> at(String path) throws IOException {
    String[] names = path.startsWith("/") ? path.substring(1).split("/") : path.split("/");
    if (names.length > MAX_DEPTH) {
      throw JumbfException.overLimit("a path is too long");
    }
    List<BmffBox> found = boxes();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      List<BmffBox> named = found.stream().filter(box -> box.type().equals(name)).toList();
      if (i == names.length - 1) {
        return named;
      }
      List<BmffBox> children = new ArrayList<>();
      for (BmffBox box : named) {
        children.addAll(childrenOf(box));
        if (children.size() > MAX_BOXES) {
          throw JumbfException.overLimit("there are more than " + MAX_BOXES + " boxes");
        }
      }
      found = children;
    }
    return List.of();
  }

  private List<BmffBox> childrenOf(BmffBox box) throws IOException {
    long from = box.span().start() + box.header();
    if (box.type().equals("meta") && !isQuickTimeMeta(from)) {
      from += VERSION_AND_FLAGS;
    }
    return boxesIn(from, box.span().end());
  }

  /** QuickTime's box has no version and flags: its first child begins at once. */
  private boolean isQuickTimeMeta(long from) throws IOException {
    return from + HEADER <= file.size() && file.fourCharacters(from + Integer.BYTES).equals("hdlr");
  }

  private List<BmffBox> boxesIn(long from, long end) throws IOException {
    List<BmffBox> found = new ArrayList<>();
    long at = from;
    while (at < end) {
      if (end - at < HEADER) {
        throw JumbfException.malformed("a box is cut off");
      }
      long size = file.unsignedInt(at);
      int header = HEADER;
      if (size == 1) {
        if (end - at < LARGE_HEADER) {
          throw JumbfException.malformed("a box is cut off");
        }
        size = ByteBuffer.wrap(file.read(at + HEADER, Long.BYTES)).getLong();
        header = LARGE_HEADER;
      } else if (size == 0) {
        size = end - at;
      }
      if (size < header || size > end - at) {
        throw JumbfException.malformed("a box reaches out of the one around it");
      }
      if (found.size() == MAX_BOXES) {
        throw JumbfException.overLimit("there are more than " + MAX_BOXES + " boxes");
      }
      found.add(new BmffBox(file.fourCharacters(at + Integer.BYTES), new Span(at, size), header));
      at += size;
    }
    return found;
  }

  /**
   * A box of content credentials.
   *
   * @param purpose {@code manifest}, {@code original}, {@code update} or {@code merkle}
   */
  public record C2paBox(BmffBox box, String purpose, Span data) {}

  /** The boxes of content credentials at the top of the file. */
  public List<C2paBox> c2paBoxes() throws IOException {
    List<C2paBox> found = new ArrayList<>();
    for (BmffBox box : boxes()) {
      long at = box.span().start() + box.header();
      if (!box.type().equals("uuid")
          || box.span().end() - at < UUID_BYTES + VERSION_AND_FLAGS
          || !Arrays.equals(file.read(at, UUID_BYTES), C2PA_UUID)) {
        continue;
      }
      at += UUID_BYTES + VERSION_AND_FLAGS;
      byte[] text = file.read(at, (int) Math.min(MAX_PURPOSE, box.span().end() - at));
      int length = 0;
      while (length < text.length && text[length] != 0) {
        length++;
      }
      String purpose = new String(text, 0, length, StandardCharsets.US_ASCII);
      at = Math.min(at + length + 1, box.span().end());
      found.add(new C2paBox(box, purpose, new Span(at, box.span().end() - at)));
    }
    return found;
  }

  @Override
  public Optional<Store> store() throws IOException {
    for (C2paBox box : c2paBoxes()) {
      boolean holdsStore = box.purpose.equals("manifest") || box.purpose.equals("original");
      if (holdsStore && box.data.length() > MERKLE_OFFSET) {
        long length = box.data.length() - MERKLE_OFFSET;
        if (length > MAX_STORE_BYTES) {
          throw JumbfException.overLimit("the manifest store is too large");
        }
        return Optional.of(
            new Store(file.read(box.data.start() + MERKLE_OFFSET, (int) length), box.box.span()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Part> parts() {
    throw new UnsupportedOperationException("files of boxes have BMFF hashes");
  }
}
