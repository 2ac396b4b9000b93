package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.JpegSegments;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.completeness.Completeness;

/** Which part of a picture has been decoded when its file ends too early. */
enum Growth {
  /** None: the file does not end too early, so a decoder that misses something met damage. */
  WHOLE,
  /** Rows from the top. */
  DOWN,
  /** Rows from the bottom. */
  UP,
  /** Every second row in the first half, those between in the second half. */
  INTERLACED,
  /** All of it, but less sharp. */
  SHARPENING;

  private static final int PROGRESSIVE = 0xc2;
  private static final int PROGRESSIVE_ARITHMETIC = 0xca;
  private static final int PNG_INTERLACE = 28;
  private static final int GIF_FLAGS = 10;
  private static final int GIF_HEADER = 13;
  private static final int GIF_IMAGE = 0x2c;
  private static final int GIF_EXTENSION = 0x21;
  private static final int GIF_INTERLACED = 0x40;
  private static final int GIF_IMAGE_FLAGS = 9;
  private static final int BMP_HEIGHT = 22;
  private static final int MAX_BLOCKS = 100_000;

  /**
   * How a picture grows.
   *
   * @param completeness of the file
   */
  static Growth of(Path file, MediaFormat format, Completeness completeness) throws IOException {
    if (completeness.isWhole()) {
      return WHOLE;
    }
    try (ByteSource in = new ByteSource(file)) {
      return switch (format) {
        case PNG -> in.read(PNG_INTERLACE, 1)[0] == 0 ? DOWN : INTERLACED;
        case GIF -> isInterlacedGif(in) ? INTERLACED : DOWN;
        case BMP ->
            in.buffer(BMP_HEIGHT, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt() < 0
                ? DOWN
                : UP;
        // Whether the scans of a progressive JPEG suffice is known before it is decoded.
        case JPEG -> isProgressive(in) ? SHARPENING : DOWN;
        default -> DOWN;
      };
    }
  }

  private static boolean isProgressive(ByteSource in) throws IOException {
    boolean[] progressive = new boolean[1];
    JpegSegments.walk(
        in,
        JpegSegments::isFrame,
        (marker, data) ->
            progressive[0] |= marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC);
    return progressive[0];
  }

  private static boolean isInterlacedGif(ByteSource in) throws IOException {
    long at = GIF_HEADER + tableBytes(in.read(GIF_FLAGS, 1)[0]);
    for (int i = 0; i < MAX_BLOCKS; i++) {
      ByteBuffer block = in.buffer(at, GIF_IMAGE_FLAGS + 1);
      if (block.get(0) == GIF_IMAGE) {
        return (block.get(GIF_IMAGE_FLAGS) & GIF_INTERLACED) != 0;
      }
      if (block.get(0) != GIF_EXTENSION) {
        return false;
      }
      at += Short.BYTES;
      for (int length = length(in, at); length > 0; length = length(in, at)) {
        at += 1 + length;
      }
      at++;
    }
    return false;
  }

  private static int length(ByteSource in, long at) throws IOException {
    return in.read(at, 1)[0] & 0xff;
  }

  private static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  /**
   * How many of the rows are complete.
   *
   * @param progress of the decoder, per cent
   */
  int rows(float progress, int height) {
    double share =
        switch (this) {
          case WHOLE -> 0;
          case SHARPENING -> 1;
          case DOWN, UP -> progress / 100;
          case INTERLACED -> progress / 50 - 1;
        };
    return (int) Math.clamp(Math.floor(share * height), 0, height);
  }
}
