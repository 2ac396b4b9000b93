package org.touchstone.detectors.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The metadata of files made of boxes (ISO 14496-12): XMP and C2PA of MP4, QuickTime, AVIF and
 * HEIC, and the EXIF and XMP items of the still pictures.
 */
final class BmffBoxes {
  private static final UUID C2PA = UUID.fromString("d8fec3d6-1b0e-483c-9297-5828877ec481");
  private static final UUID XMP = UUID.fromString("be7acfcb-97a9-42e8-9c71-999491e3afac");
  private static final int UUID_BYTES = 16;
  private static final int FULL_BOX_BYTES = 4;
  private static final int MERKLE_OFFSET_BYTES = 8;
  private static final int MAX_DEPTH = 3;

  private BmffBoxes() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    boxes(in, 0, in.size(), 0, out);
  }

  private static void boxes(ByteSource in, long from, long to, int depth, RawMetadata out)
      throws IOException {
    long position = from;
    while (position + Box.HEADER_BYTES <= to) {
      Box box = Box.at(in, position, to);
      if (box == null) {
        return;
      }
      switch (box.type()) {
        case "uuid" -> uuid(in, box, out);
        case "XMP_" -> out.xmp(block(in, box.data(), box.dataBytes()));
        case "meta" -> {
          if (depth == 0) {
            HeifItems.read(in, box, out);
          }
        }
        case "moov", "udta" -> {
          if (depth < MAX_DEPTH) {
            boxes(in, box.data(), box.end(), depth + 1, out);
          }
        }
        default -> {}
      }
      position = box.end();
    }
  }

  private static void uuid(ByteSource in, Box box, RawMetadata out) throws IOException {
    if (box.dataBytes() < UUID_BYTES) {
      return;
    }
    ByteBuffer id = in.buffer(box.data(), UUID_BYTES);
    UUID uuid = new UUID(id.getLong(), id.getLong());
    long rest = box.data() + UUID_BYTES;
    if (uuid.equals(XMP)) {
      out.xmp(block(in, rest, box.end() - rest));
    } else if (uuid.equals(C2PA)) {
      c2pa(ByteBuffer.wrap(block(in, rest, box.end() - rest)), out);
    }
  }

  /** Version and flags, the purpose, then for a manifest an offset and the manifest store. */
  private static void c2pa(ByteBuffer box, RawMetadata out) {
    box.position(FULL_BOX_BYTES);
    StringBuilder purpose = new StringBuilder();
    for (byte b = box.get(); b != 0; b = box.get()) {
      purpose.append((char) b);
    }
    if (purpose.toString().equals("manifest")) {
      box.position(box.position() + MERKLE_OFFSET_BYTES);
      byte[] store = new byte[box.remaining()];
      box.get(store);
      out.c2pa(store);
    }
  }

  static byte[] block(ByteSource in, long position, long length) throws IOException {
    return in.read(position, Math.min(length, RawMetadata.MAX_BLOCK_BYTES));
  }

  /**
   * A box.
   *
   * @param type four characters
   * @param data where its content begins
   * @param end where the next box begins
   */
  record Box(String type, long data, long end) {
    static final int HEADER_BYTES = 8;
    private static final int LARGE_HEADER_BYTES = 16;

    long dataBytes() {
      return end - data;
    }

    /** The box at a position within a parent that ends at {@code to}; null when there is none. */
    static Box at(ByteSource in, long position, long to) throws IOException {
      ByteBuffer header = in.buffer(position, LARGE_HEADER_BYTES);
      long size = Integer.toUnsignedLong(header.getInt());
      byte[] type = new byte[Integer.BYTES];
      header.get(type);
      int headerBytes = HEADER_BYTES;
      if (size == 1) {
        size = header.getLong();
        headerBytes = LARGE_HEADER_BYTES;
      } else if (size == 0) {
        size = to - position;
      }
      if (size < headerBytes) {
        return null;
      }
      long end = size > to - position ? to : position + size;
      String name = new String(type, StandardCharsets.ISO_8859_1);
      return new Box(name, position + headerBytes, end);
    }
  }
}
