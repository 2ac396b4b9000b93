package org.touchstone.formats;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Pictures that are decoded piece by piece at a fraction of their resolution, so that memory does
 * not grow with their size: what phones take with 100 megapixels and more. Whoever measures a
 * medium and whoever decodes it ask here.
 */
public final class LargePictures {
  /**
   * How many times larger they may be than pictures whose decoder holds all of them: phones have
   * sensors of up to 200 megapixels.
   */
  public static final int FACTOR = 4;

  /** Frame headers whose picture comes in several passes, each over all of it. */
  private static final int PROGRESSIVE = 2;

  private static final int PASSES_MASK = 3;

  private LargePictures() {}

  /**
   * Most pixels that a picture may have.
   *
   * @param most what holds for pictures whose decoder holds all of them
   * @throws IOException when its header cannot be read
   */
  public static long maxPixels(Path file, MediaFormat format, long most) throws IOException {
    try (ByteSource in = new ByteSource(file)) {
      boolean inPieces =
          switch (format) {
            case JPEG -> isSequential(in);
            case AVIF, HEIC -> isGrid(in);
            default -> false;
          };
      return inPieces ? FACTOR * most : most;
    }
  }

  private static boolean isSequential(ByteSource in) throws IOException {
    boolean[] sequential = {true};
    JpegSegments.walk(
        in,
        JpegSegments::isFrame,
        (marker, data) -> sequential[0] &= (marker & PASSES_MASK) < PROGRESSIVE);
    return sequential[0];
  }

  private static boolean isGrid(ByteSource in) throws IOException {
    return HeifItems.read(in)
        .flatMap(HeifItems::primary)
        .filter(item -> item.type().equals(HeifItems.GRID))
        .isPresent();
  }
}
