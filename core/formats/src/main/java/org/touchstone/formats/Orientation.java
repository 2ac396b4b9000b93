package org.touchstone.formats;

/**
 * The transformation that makes a stored picture upright. The constants are in the order of the
 * values 1 to 8 of the EXIF tag Orientation.
 */
public enum Orientation {
  NORMAL(false, false, false),
  FLIP_HORIZONTAL(false, true, false),
  ROTATE_180(false, true, true),
  FLIP_VERTICAL(false, false, true),
  TRANSPOSE(true, false, false),
  ROTATE_90(true, true, false),
  TRANSVERSE(true, true, true),
  ROTATE_270(true, false, true);

  private final boolean transposes;
  private final boolean flipsX;
  private final boolean flipsY;

  /** Flips come after the transposition. */
  Orientation(boolean transposes, boolean flipsX, boolean flipsY) {
    this.transposes = transposes;
    this.flipsX = flipsX;
    this.flipsY = flipsY;
  }

  /** The orientation of an EXIF value; values outside 1 to 8 count as upright. */
  public static Orientation ofExif(long value) {
    return value >= 1 && value <= values().length ? values()[(int) value - 1] : NORMAL;
  }

  /**
   * The orientation of a display matrix that maps a stored point {@code (x, y)} to {@code (a x + c
   * y, b x + d y)}. Only signs matter; a matrix that rotates by an angle other than a multiple of
   * 90 degrees counts as upright.
   */
  public static Orientation ofMatrix(int a, int b, int c, int d) {
    boolean upright = a != 0 && d != 0 && b == 0 && c == 0;
    boolean sideways = a == 0 && d == 0 && b != 0 && c != 0;
    for (Orientation orientation : values()) {
      boolean x = (orientation.transposes ? c : a) < 0;
      boolean y = (orientation.transposes ? b : d) < 0;
      boolean axes = orientation.transposes ? sideways : upright;
      if (axes && x == orientation.flipsX && y == orientation.flipsY) {
        return orientation;
      }
    }
    return NORMAL;
  }

  /** Whether width and height are swapped. */
  public boolean transposes() {
    return transposes;
  }

  /** Whether columns are mirrored, after the transposition. */
  public boolean flipsX() {
    return flipsX;
  }

  /** Whether rows are mirrored, after the transposition. */
  public boolean flipsY() {
    return flipsY;
  }
}
