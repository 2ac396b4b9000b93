package org.touchstone.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where pictures keep EXIF, a TIFF structure, and how it says that they are to be turned. */
public final class ExifBlocks {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Enough for the directory of a JPEG's EXIF, which has 64 KB at most. */
  private static final int MAX_BYTES = 256 << 10;

  private ExifBlocks() {}

  /** Whether a JPEG's APP1 segment holds EXIF. */
  public static boolean isIn(byte[] segment) {
    return segment.length > PREFIX.length
        && Arrays.equals(segment, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  /**
   * The TIFF structure without the prefix that it has in a JPEG, and that some writers keep in
   * other files.
   */
  public static byte[] withoutPrefix(byte[] block) {
    return isIn(block) ? Arrays.copyOfRange(block, PREFIX.length, block.length) : block;
  }

  /**
   * How a picture must be turned by the first EXIF in it that can be read; upright when there is
   * none. AVIF and HEIC have properties in its place: see {@link HeifItems.Item#turns}.
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
      // What was read before counts.
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
          // The next one may do.
          found = Optional.empty();
        }
      }
    }
  }
}
