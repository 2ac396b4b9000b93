package org.touchstone.resolver.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.touchstone.formats.MediaFormat;

/** Formats that have the size at a fixed place; all are little-endian. */
final class FixedHeaders {
  /** How much of the file is needed. */
  static final int LENGTH = 64;

  private static final int RIFF_HEADER = 8;
  private static final int VP8_START_CODE = 0x2A019D;
  private static final int VP8L_SIGNATURE = 0x2F;
  private static final int BMP_CORE_HEADER = 12;

  private FixedHeaders() {}

  /**
   * @param head the file's first {@link #LENGTH} bytes, or all that there are
   * @param fileLength bytes
   * @throws CorruptException when there is no size at its place
   */
  static PixelSize read(ByteBuffer head, long fileLength, MediaFormat format)
      throws CorruptException {
    try {
      return switch (format) {
        case GIF -> PixelSize.of(uint16(head, 6), uint16(head, 8));
        case BMP -> bmp(head);
        case WEBP -> webp(head, fileLength);
        default -> throw new IllegalArgumentException(format + " has no fixed header");
      };
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptException("short header");
    }
  }

  private static PixelSize bmp(ByteBuffer head) throws CorruptException {
    if (head.getInt(14) == BMP_CORE_HEADER) {
      return PixelSize.of(uint16(head, 18), uint16(head, 20));
    }
    // A negative height means that the rows come from the top.
    return PixelSize.of(head.getInt(18), Math.abs((long) head.getInt(22)));
  }

  private static PixelSize webp(ByteBuffer head, long fileLength) throws CorruptException {
    // Some writers count the padding of the last chunk and leave it out.
    if (Integer.toUnsignedLong(head.getInt(4)) + RIFF_HEADER > fileLength + 1) {
      throw new CorruptException("cut off");
    }
    byte[] name = new byte[4];
    head.get(12, name);
    switch (new String(name, StandardCharsets.ISO_8859_1)) {
      case "VP8X" -> {
        return PixelSize.of(uint24(head, 24) + 1L, uint24(head, 27) + 1L);
      }
      case "VP8L" -> {
        if (head.get(20) != VP8L_SIGNATURE) {
          throw new CorruptException("no signature");
        }
        int bits = head.getInt(21);
        return PixelSize.of((bits & 0x3FFF) + 1L, (bits >> 14 & 0x3FFF) + 1L);
      }
      case "VP8 " -> {
        if (uint24(head, 23) != VP8_START_CODE) {
          throw new CorruptException("no start code");
        }
        return PixelSize.of(uint16(head, 26) & 0x3FFF, uint16(head, 28) & 0x3FFF);
      }
      default -> throw new CorruptException("unknown chunk");
    }
  }

  private static int uint16(ByteBuffer head, int at) {
    return Short.toUnsignedInt(head.getShort(at));
  }

  private static int uint24(ByteBuffer head, int at) {
    return uint16(head, at) | (head.get(at + 2) & 0xFF) << 16;
  }
}
