package org.touchstone.provenance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.touchstone.formats.Box;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.HeifItems;
import org.touchstone.formats.HeifItems.Item;

/**
 * Metadata of files made of boxes (ISO 14496-12): XMP and C2PA in MP4, QuickTime, AVIF and HEIC,
 * and the EXIF and XMP items of still pictures.
 */
final class BmffBoxes {
  private static final UUID C2PA = UUID.fromString("d8fec3d6-1b0e-483c-9297-5828877ec481");
  private static final UUID XMP = UUID.fromString("be7acfcb-97a9-42e8-9c71-999491e3afac");
  private static final int UUID_BYTES = 16;
  private static final int MERKLE_OFFSET_BYTES = 8;
  private static final int MAX_DEPTH = 3;
  private static final String XMP_TYPE = "application/rdf+xml";

  private BmffBoxes() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    boxes(in, 0, in.size(), 0, out);
    Optional<HeifItems> items = HeifItems.read(in);
    if (items.isPresent()) {
      for (Item item : items.get().all()) {
        item(items.get(), item, out);
      }
    }
  }

  private static void boxes(ByteSource in, long from, long to, int depth, RawMetadata out)
      throws IOException {
    for (Box box : Box.between(in, from, to)) {
      switch (box.type()) {
        case "uuid" -> uuid(in, box, out);
        case "XMP_" -> out.xmp(block(in, box.data(), box.size()));
        case "moov", "udta" -> {
          if (depth < MAX_DEPTH) {
            boxes(in, box.data(), box.end(), depth + 1, out);
          }
        }
        default -> {}
      }
    }
  }

  private static void uuid(ByteSource in, Box box, RawMetadata out) throws IOException {
    if (box.size() < UUID_BYTES) {
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

  /**
   * Reads a C2PA box: version and flags, the purpose, then for a manifest an offset and the
   * manifest store.
   */
  private static void c2pa(ByteBuffer box, RawMetadata out) {
    box.position(Box.FULL_BYTES);
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

  private static void item(HeifItems items, Item item, RawMetadata out) throws IOException {
    if (item.type().equals("mime") && item.contentType().contains(XMP_TYPE)) {
      out.xmp(items.data(item));
    } else if (item.type().equals("Exif")) {
      exif(ByteBuffer.wrap(items.data(item)), out);
    }
  }

  /** Reads an EXIF item, which begins with the offset of its TIFF header. */
  private static void exif(ByteBuffer item, RawMetadata out) {
    int skipped = item.getInt();
    if (skipped >= 0 && skipped < item.remaining()) {
      byte[] tiff = new byte[item.remaining() - skipped];
      item.position(item.position() + skipped).get(tiff);
      out.exif(tiff);
    }
  }

  private static byte[] block(ByteSource in, long position, long length) throws IOException {
    return in.read(position, Math.min(length, RawMetadata.MAX_BLOCK_BYTES));
  }
}
