package org.touchstone.formats.tiff;

/**
 * An entry of a directory.
 *
 * @param type of its values
 * @param count number of its values
 * @param position where its values are in the file
 */
record Field(int type, long count, long position) {
  static final int BYTE = 1;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int IFD = 13;
  static final int LONG8 = 16;
  static final int IFD8 = 18;

  /** Lengths in bytes by type, from 0 to 18; 0 where there is no such type. */
  private static final int[] LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /** Length in bytes of one value; 0 when the type is not known. */
  static int bytesOf(int type) {
    return type < LENGTHS.length ? LENGTHS[type] : 0;
  }

  /** Whether its values are whole numbers without a sign. */
  boolean isWhole() {
    return switch (type) {
      case BYTE, SHORT, LONG, IFD, LONG8, IFD8 -> true;
      default -> false;
    };
  }

  /** Whether its values can be the offsets of strips and tiles (TIFF 6.0, BigTIFF). */
  boolean isOffsets() {
    return type == SHORT || type == LONG || type == LONG8;
  }

  /** Whether its values have 64 bits, which only BigTIFF has. */
  boolean isLong8() {
    return type == LONG8 || type == IFD8;
  }
}
