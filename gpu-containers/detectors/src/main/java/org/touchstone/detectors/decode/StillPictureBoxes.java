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
 * Keeps from ffmpeg's reader of boxes those of AVIF and HEIC, which it parses in files of any type
 * and which take the whole process down when some of them are missing (ffmpeg 8.0.1). {@link
 * HeifReader} reads them in their place. A file of any kind is looked at, as ffmpeg may take one
 * for boxes that does not begin like them; of one that is not made of boxes hardly anything is
 * read.
 */
final class StillPictureBoxes {
  /** A compressed {@code cmov} may hold any of the others. */
  private static final Set<String> REFUSED = Set.of("iinf", "iloc", "iprp", "ipco", "cmov");

  /** Those whose content ffmpeg reads as boxes; in the last two only when it finds nothing else. */
  private static final Set<String> PARENTS =
      Set.of(
          "moov", "trak", "mdia", "minf", "stbl", "udta", "moof", "traf", "mvex", "edts", "dinf",
          "sinf", "schi", "wave", "ilst", "tref", "gmhd", "jp2h", "hoov", "free");

  private static final int MAX_DEPTH = 12;

  /** Longest box that is looked through byte by byte; with cover pictures they have some MB. */
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
   * The boxes in this one begin at once in QuickTime and after four bytes in ISO files; ffmpeg has
   * them begin with the first {@code hdlr} that it finds at a multiple of four bytes.
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
   * Where the boxes in a sample description begin depends on its kind, and there is hardly any text
   * in it, so names are looked for.
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
