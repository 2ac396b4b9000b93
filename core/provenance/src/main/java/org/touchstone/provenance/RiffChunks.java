package org.touchstone.provenance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.touchstone.formats.ByteSource;

/** The metadata of WebP, WAV and AVI: EXIF, XMP, ID3 and C2PA chunks. */
final class RiffChunks {
  private static final int FILE_HEADER_BYTES = 12;
  private static final int HEADER_BYTES = 8;
  private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private RiffChunks() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    long position = FILE_HEADER_BYTES;
    while (position + HEADER_BYTES <= in.size()) {
      ByteBuffer header = in.buffer(position, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      byte[] type = new byte[Integer.BYTES];
      header.get(type);
      long length = Integer.toUnsignedLong(header.getInt());
      if (length <= RawMetadata.MAX_BLOCK_BYTES) {
        chunk(new String(type, StandardCharsets.ISO_8859_1), in, position, length, out);
      }
      position += HEADER_BYTES + length + (length & 1);
    }
  }

  private static void chunk(String type, ByteSource in, long position, long length, RawMetadata out)
      throws IOException {
    switch (type) {
      case "EXIF" -> out.exif(withoutPrefix(in.read(position + HEADER_BYTES, length)));
      case "XMP ", "_PMX" -> out.xmp(in.read(position + HEADER_BYTES, length));
      case "C2PA" -> out.c2pa(in.read(position + HEADER_BYTES, length));
      case "id3 ", "ID3 " -> Id3Tag.read(in, position + HEADER_BYTES, out);
      default -> {}
    }
  }

  /** Some writers keep the prefix that EXIF has in a JPEG. */
  private static byte[] withoutPrefix(byte[] exif) {
    boolean prefixed =
        exif.length > EXIF_PREFIX.length
            && Arrays.equals(exif, 0, EXIF_PREFIX.length, EXIF_PREFIX, 0, EXIF_PREFIX.length);
    return prefixed ? Arrays.copyOfRange(exif, EXIF_PREFIX.length, exif.length) : exif;
  }
}
