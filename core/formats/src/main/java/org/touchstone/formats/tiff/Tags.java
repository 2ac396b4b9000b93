package org.touchstone.formats.tiff;

import java.util.Set;

/** Numbers of tags and values (TIFF 6.0; DNG 1.7; TIFF Technical Note 2 for JPEG). */
final class Tags {
  static final int NEW_SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int SUB_DIRECTORIES = 330;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;
  static final int JPEG_OFFSET = 513;
  static final int JPEG_BYTES = 514;
  static final int DNG_VERSION = 50706;

  /**
   * Tags that decoding needs: those above that describe samples, fill order, colour maps,
   * halftones, predictor, inks, extra samples, sample format, old JPEG, YCbCr, white points.
   */
  static final Set<Integer> OF_PICTURE =
      Set.of(
          256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 290, 291, 292, 293, 301, 317, 318,
          319, 320, 322, 323, 324, 325, 332, 333, 334, 336, 338, 339, 340, 341, 347, 512, 513, 514,
          515, 517, 518, 519, 520, 521, 529, 530, 531, 532);

  static final int PROFILE = 34675;
  static final int CMYK = 5;

  static final int UNCOMPRESSED = 1;
  static final int OLD_JPEG = 6;
  static final int JPEG = 7;
  static final int WEBP = 50001;

  /** Plain, CCITT (three), LZW, JPEG (two), Deflate (two), PackBits, WebP. */
  static final Set<Integer> COMPRESSIONS =
      Set.of(UNCOMPRESSED, 2, 3, 4, 5, OLD_JPEG, JPEG, 8, 32773, 32946, WEBP);

  /** Compressions of Nikon, Samsung (two), Sony and Pentax that only sensors' samples have. */
  static final Set<Integer> RAW_COMPRESSIONS = Set.of(34713, 32770, 32772, 32767, 65535);

  /** Grey (two), RGB, palette, CMYK, YCbCr, CIE L*a*b* (two). */
  static final Set<Integer> COLOURS = Set.of(0, 1, 2, 3, 5, 6, 8, 9);

  /** Samples of a sensor, with a colour filter and without. */
  static final Set<Integer> SENSOR = Set.of(32803, 34892);

  static final int REDUCED = 1;
  static final int FRACTIONS = 3;

  private Tags() {}
}
