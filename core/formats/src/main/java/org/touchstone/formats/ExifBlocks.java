package org.touchstone.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The EXIF blocks of pictures, which are TIFF structures, and the orientation they give. */
public final class ExifBlocks {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Enough for the directory of a JPEG's EXIF, which has at most 64 KB. */
  private static final int MAX_BYTES = 256 << 10;

  private ExifBlocks() {}

  /** Whether a JPEG's APP1 segment holds EXIF. */
  public static boolean isIn(byte[] segment) {
    return segment.length > PREFIX.length
        && Arrays.equals(segment, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  /**
   * The TIFF structure without its prefix. JPEG requires the prefix, and some writers keep it in
   * other files.
   */
  public static byte[] withoutPrefix(byte[] block) {
    return isIn(block) ? Arrays.copyOfRange(block, PREFIX.length, block.length) : block;
  }

  /**
   * The orientation in the first readable EXIF of a picture; upright when it has none. AVIF and
   * HEIC use properties instead: see {@link HeifItems.Item#turns}.
   */
  public static Orientation orientation(Path file, MediaFormat format) {
    First first = new First();
    try (ByteSource in = new ByteSource(file)) {
      switch (format) {
        case JPEG ->
            JpegSegments.walk(
                in, marker -> marker == JpegSegments.APP1, (marker, data) -> first.segment(data));
        case PNG ->
            PngChunks.walk(
                in, "eXIf"::equals, MAX_BYTES, (type, data) -> first.block(withoutPrefix(data)));
        case WEBP ->
            RiffChunks.walk(
                in,
                (type, data, length) -> {
                  if (type.equals("EXIF") && length <= MAX_BYTES) {
                    first.block(withoutPrefix(in.read(data, length)));
                  }
                });
        case TIFF -> first.found = Optional.of(TiffDirectory.read(in).orientation());
        default -> {}
      }
    } catch (IOException damaged) {
      // The data read so far still count.
      return first.found.orElse(Orientation.NORMAL);
    }
    return first.found.orElse(Orientation.NORMAL);
  }

  /** The first orientation met. */
  private static final class First {
    private Optional<Orientation> found = Optional.empty();

    void segment(byte[] data) {
      if (isIn(data)) {
        block(withoutPrefix(data));
      }
    }

    void block(byte[] tiff) {
      if (found.isEmpty()) {
        try {
          found = Optional.of(TiffDirectory.read(ByteSource.of(tiff)).orientation());
        } catch (IOException damaged) {
          // The next block may be readable.
          found = Optional.empty();
        }
      }
    }
  }
}
