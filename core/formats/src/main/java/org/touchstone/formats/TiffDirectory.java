package org.touchstone.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF structure, such as a TIFF file or an EXIF block. Only the few tags
 * that matter are read, and pointers are not followed.
 *
 * @param width pixels as stored; 0 when absent, as in an EXIF block
 * @param height pixels as stored; 0 when absent
 * @param orientation the transformation that makes the picture upright
 */
public record TiffDirectory(long width, long height, Orientation orientation) {
  private static final int LITTLE_ENDIAN = 'I' << 8 | 'I';
  private static final int BIG_ENDIAN = 'M' << 8 | 'M';
  private static final int VERSION = 42;
  private static final int HEADER_BYTES = 8;
  private static final int COUNT_BYTES = 2;
  private static final int ENTRY_BYTES = 12;
  private static final int VALUE_OFFSET = 8;

  private static final int WIDTH = 0x0100;
  private static final int HEIGHT = 0x0101;
  private static final int ORIENTATION = 0x0112;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /**
   * Reads the directory.
   *
   * @throws IOException when it is not TIFF, or ends within the directory
   */
  public static TiffDirectory read(ByteSource in) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.read(0, HEADER_BYTES));
    ByteOrder order =
        switch (header.getShort(0)) {
          case LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
          case BIG_ENDIAN -> ByteOrder.BIG_ENDIAN;
          default -> throw new FormatException("not TIFF");
        };
    if (header.order(order).getShort(2) != VERSION) {
      throw new FormatException("not TIFF");
    }
    long at = Integer.toUnsignedLong(header.getInt(4));
    int count = ByteBuffer.wrap(in.read(at, COUNT_BYTES)).order(order).getShort() & 0xffff;
    ByteBuffer entries =
        ByteBuffer.wrap(in.read(at + COUNT_BYTES, (long) count * ENTRY_BYTES)).order(order);
    long width = 0;
    long height = 0;
    long orientation = 0;
    for (int entry = 0; entry < entries.limit(); entry += ENTRY_BYTES) {
      switch (entries.getShort(entry) & 0xffff) {
        case WIDTH -> width = number(entries, entry);
        case HEIGHT -> height = number(entries, entry);
        case ORIENTATION -> orientation = number(entries, entry);
        default -> {}
      }
    }
    return new TiffDirectory(width, height, Orientation.ofExif(orientation));
  }

  /** The value of an entry that holds one whole number, otherwise 0. */
  private static long number(ByteBuffer entries, int entry) {
    if (entries.getInt(entry + 4) != 1) {
      return 0;
    }
    int value = entry + VALUE_OFFSET;
    return switch (entries.getShort(entry + 2)) {
      case BYTE -> entries.get(value) & 0xff;
      case SHORT -> entries.getShort(value) & 0xffff;
      case LONG -> Integer.toUnsignedLong(entries.getInt(value));
      default -> 0;
    };
  }
}
