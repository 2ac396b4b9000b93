package org.touchstone.detectors.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.formats.Box;
import org.touchstone.formats.ByteSource;

/**
 * Keeps the boxes of AVIF and HEIC away from ffmpeg's box reader. ffmpeg parses them in files of
 * any type, and crashes the whole process when some of them are missing (ffmpeg 8.0.1). {@link
 * HeifReader} reads them instead. Every file is checked, as ffmpeg may read a file as boxes even if
 * it does not begin with one. Files without boxes are hardly read at all.
 */
final class StillPictureBoxes {
  /** The rejected boxes. A compressed {@code cmov} may hold any of the others. */
  private static final Set<String> REFUSED = Set.of("iinf", "iloc", "iprp", "ipco", "cmov");

  /** Boxes whose content ffmpeg reads as boxes; the last two only when it finds nothing else. */
  private static final Set<String> PARENTS =
      Set.of(
          "moov", "trak", "mdia", "minf", "stbl", "udta", "moof", "traf", "mvex", "edts", "dinf",
          "sinf", "schi", "wave", "ilst", "tref", "gmhd", "jp2h", "hoov", "free");

  private static final int MAX_DEPTH = 12;

  /** Longest box that is searched byte by byte; cover pictures make such boxes a few MB long. */
  private static final int MAX_SCANNED_BYTES = 16 << 20;

  private static final int NAME_BYTES = 4;
  private static final int HANDLER = 'h' << 24 | 'd' << 16 | 'l' << 8 | 'r';

  private StillPictureBoxes() {}

  /**
   * @throws DetectionException with {@link Reason#UNSUPPORTED} when a file has boxes of a still
   *     picture or compressed ones, {@link Reason#CORRUPT} when its boxes cannot be followed
   */
  static void refuse(Path file) {
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
      boolean parent = PARENTS.contains(box.type());
      boolean found =
          REFUSED.contains(box.type())
              || parent && isWithin(in, box, 0, depth)
              || box.type().equals("meta") && isInMeta(in, box, depth)
              || box.type().equals("stsd") && isNamedIn(in, box);
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(ByteSource in, Box box, long offset, int depth)
      throws IOException {
    if (depth == MAX_DEPTH) {
      throw new IOException("boxes nested too deeply");
    }
    return isIn(in, box.data() + offset, box.end(), depth + 1);
  }

  /**
   * The boxes in this one begin at once in QuickTime and after four bytes in ISO files. For ffmpeg
   * they begin with the first {@code hdlr} at a multiple of four bytes.
   */
  private static boolean isInMeta(ByteSource in, Box meta, int depth) throws IOException {
    if (isWithin(in, meta, 0, depth) || isWithin(in, meta, Box.FULL_BYTES, depth)) {
      return true;
    }
    ByteBuffer content = scanned(in, meta);
    for (int at = NAME_BYTES; at + NAME_BYTES <= content.limit(); at += NAME_BYTES) {
      if (content.getInt(at) == HANDLER) {
        return isWithin(in, meta, at - NAME_BYTES, depth);
      }
    }
    return false;
  }

  /**
   * The start of the boxes in a sample description depends on its kind. It contains hardly any
   * text, so box names are searched for.
   */
  private static boolean isNamedIn(ByteSource in, Box box) throws IOException {
    String text = StandardCharsets.ISO_8859_1.decode(scanned(in, box)).toString();
    return REFUSED.stream().anyMatch(text::contains);
  }

  private static ByteBuffer scanned(ByteSource in, Box box) throws IOException {
    if (box.size() > MAX_SCANNED_BYTES) {
      throw new IOException("too long: " + box.type());
    }
    return ByteBuffer.wrap(in.read(box.data(), box.size()));
  }
}
