package org.touchstone.provenance;

import java.io.IOException;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.RiffChunks;

/** Metadata of WebP, WAV and AVI: EXIF, XMP, ID3 and C2PA chunks. */
final class RiffMetadata {
  private RiffMetadata() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    RiffChunks.walk(
        in,
        (type, data, length) -> {
          if (length <= RawMetadata.MAX_BLOCK_BYTES) {
            chunk(type, in, data, length, out);
          }
        });
  }

  private static void chunk(String type, ByteSource in, long data, long length, RawMetadata out)
      throws IOException {
    switch (type) {
      case "EXIF" -> out.exif(ExifBlocks.withoutPrefix(in.read(data, length)));
      case "XMP ", "_PMX" -> out.xmp(in.read(data, length));
      case "C2PA" -> out.c2pa(in.read(data, length));
      case "id3 ", "ID3 " -> Id3Objects.read(in, data, out);
      default -> {}
    }
  }
}
