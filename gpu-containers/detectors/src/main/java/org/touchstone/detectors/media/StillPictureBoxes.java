package org.touchstone.detectors.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.touchstone.detectors.DetectionException;
import org.touchstone.domain.Reason;

/**
 * Keeps from ffmpeg's reader of boxes those of AVIF and HEIC, which it parses in files of any type
 * and which take the whole process down when some of them are missing (ffmpeg 8.0.1). {@link
 * HeifReader} reads them in their place.
 */
final class StillPictureBoxes {
  private static final Set<String> PARENTS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "udta", "moof", "traf", "mvex", "edts");

  private static final int MAX_DEPTH = 8;
  private static final int MAX_META_BYTES = 16 << 20;

  private StillPictureBoxes() {}

  /**
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when a file is made of boxes and has
   *     some of a still picture, {@link Reason#CORRUPT} when its boxes cannot be followed
   */
  static void refuse(Path file) {
    FileFormat format = FileFormat.of(file);
    if (format != FileFormat.HEIF && format != FileFormat.BMFF) {
      return;
    }
    try (ByteSource in = new ByteSource(file)) {
      if (isIn(in, 0, in.size(), 0)) {
        throw new DetectionException(Reason.UNSUPPORTED, "It holds a still picture.");
      }
    } catch (IOException e) {
      throw new DetectionException(Reason.CORRUPT, "It is damaged or incomplete.", e);
    }
  }

  private static boolean isIn(ByteSource in, long from, long to, int depth) throws IOException {
    for (Box box : Box.between(in, from, to)) {
      boolean found =
          switch (box.type()) {
            case "iinf", "iloc", "iprp", "ipco" -> true;
            case "meta" -> isNamedIn(in.read(box.data(), Math.min(box.size(), MAX_META_BYTES)));
            default ->
                PARENTS.contains(box.type())
                    && depth < MAX_DEPTH
                    && isIn(in, box.data(), box.end(), depth + 1);
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  /** Where the boxes in this one begin depends on who reads it, so their names are looked for. */
  private static boolean isNamedIn(byte[] meta) {
    String text = new String(meta, StandardCharsets.ISO_8859_1);
    return text.contains("iinf") || text.contains("iloc");
  }
}
