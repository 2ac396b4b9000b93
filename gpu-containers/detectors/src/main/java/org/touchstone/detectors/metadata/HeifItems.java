package org.touchstone.detectors.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.detectors.metadata.BmffBoxes.Box;

/** The EXIF and XMP items of AVIF and HEIC (ISO 23008-12): what they are, and where they lie. */
final class HeifItems {
  private static final int FULL_BOX_BYTES = 4;
  private static final int SHORT_IDS_VERSION = 2;
  private static final int MAX_ITEMS = 10_000;
  private static final String XMP_TYPE = "application/rdf+xml";

  private HeifItems() {}

  static void read(ByteSource in, Box meta, RawMetadata out) throws IOException {
    Map<Integer, String> types = new HashMap<>();
    ByteBuffer locations = null;
    long position = meta.data() + FULL_BOX_BYTES;
    while (position + Box.HEADER_BYTES <= meta.end()) {
      Box box = Box.at(in, position, meta.end());
      if (box == null) {
        break;
      }
      if (box.type().equals("iinf")) {
        types.putAll(types(in, box));
      } else if (box.type().equals("iloc")) {
        locations = ByteBuffer.wrap(BmffBoxes.block(in, box.data(), box.dataBytes()));
      }
      position = box.end();
    }
    if (locations != null && !types.isEmpty()) {
      items(in, locations, types, out);
    }
  }

  /** Only the items looked for: {@code Exif} and {@code XMP}, by their numbers. */
  private static Map<Integer, String> types(ByteSource in, Box iinf) throws IOException {
    Map<Integer, String> types = new HashMap<>();
    ByteBuffer header = in.buffer(iinf.data(), FULL_BOX_BYTES + Integer.BYTES);
    int version = header.get();
    long position = iinf.data() + FULL_BOX_BYTES + (version == 0 ? Short.BYTES : Integer.BYTES);
    for (int i = 0; i < MAX_ITEMS && position + Box.HEADER_BYTES <= iinf.end(); i++) {
      Box entry = Box.at(in, position, iinf.end());
      if (entry == null) {
        break;
      }
      entry(ByteBuffer.wrap(BmffBoxes.block(in, entry.data(), entry.dataBytes())), types);
      position = entry.end();
    }
    return types;
  }

  /** Version and flags, number, protection, type, name, and for media the media type. */
  private static void entry(ByteBuffer entry, Map<Integer, String> types) {
    int version = entry.get();
    entry.position(FULL_BOX_BYTES);
    int id = version <= SHORT_IDS_VERSION ? entry.getShort() & 0xffff : entry.getInt();
    entry.getShort();
    byte[] type = new byte[Integer.BYTES];
    entry.get(type);
    String name = new String(type, StandardCharsets.ISO_8859_1);
    if (name.equals("Exif")) {
      types.put(id, name);
    } else if (name.equals("mime")) {
      String rest = StandardCharsets.ISO_8859_1.decode(entry).toString();
      if (rest.contains(XMP_TYPE)) {
        types.put(id, "XMP");
      }
    }
  }

  private static void items(
      ByteSource in, ByteBuffer iloc, Map<Integer, String> types, RawMetadata out)
      throws IOException {
    int version = iloc.get();
    iloc.position(FULL_BOX_BYTES);
    int sizes = iloc.getShort() & 0xffff;
    int offsetBytes = sizes >> 12 & 0xf;
    int lengthBytes = sizes >> 8 & 0xf;
    int baseBytes = sizes >> 4 & 0xf;
    int indexBytes = version == 0 ? 0 : sizes & 0xf;
    int count = number(iloc, version < SHORT_IDS_VERSION ? Short.BYTES : Integer.BYTES);
    for (int i = 0; i < Math.min(count, MAX_ITEMS); i++) {
      int id = number(iloc, version < SHORT_IDS_VERSION ? Short.BYTES : Integer.BYTES);
      int method = version == 0 ? 0 : iloc.getShort() & 0xf;
      iloc.getShort();
      long base = longNumber(iloc, baseBytes);
      int extents = iloc.getShort() & 0xffff;
      for (int e = 0; e < extents; e++) {
        longNumber(iloc, indexBytes);
        long offset = base + longNumber(iloc, offsetBytes);
        long length = longNumber(iloc, lengthBytes);
        // Method 0 counts from the start of the file; the others are not used for metadata.
        if (e == 0 && method == 0 && types.containsKey(id)) {
          item(types.get(id), BmffBoxes.block(in, offset, length), out);
        }
      }
    }
  }

  /** EXIF is preceded by the offset of its TIFF header. */
  private static void item(String type, byte[] data, RawMetadata out) {
    if (type.equals("XMP")) {
      out.xmp(data);
      return;
    }
    ByteBuffer exif = ByteBuffer.wrap(data);
    int skipped = exif.getInt();
    if (skipped >= 0 && skipped < exif.remaining()) {
      byte[] tiff = new byte[exif.remaining() - skipped];
      exif.position(exif.position() + skipped).get(tiff);
      out.exif(tiff);
    }
  }

  private static int number(ByteBuffer in, int bytes) {
    return bytes == Short.BYTES ? in.getShort() & 0xffff : in.getInt();
  }

  private static long longNumber(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | in.get() & 0xff;
    }
    return value;
  }
}
