package org.touchstone.formats;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Detects the format from the first bytes. A signature counts only at its place in the format,
 * which is almost always the very beginning. A page or an archive that contains a picture's bytes
 * is therefore still a page or an archive. A file that begins as a medium is later read only by
 * that medium's reader.
 */
public final class Sniffer {
  /** Number of a file's first bytes that {@link #sniff} needs, unless sound has a longer tag. */
  public static final int HEAD_BYTES = 16 * 1024;

  /** Tags with cover pictures are some megabytes long. */
  private static final int MAX_HEAD_BYTES = 16 << 20;

  /** Signature of ASF: the GUID of its header object. */
  private static final String ASF =
      "0\u0026\u00B2u\u008Ef\u00CF\u0011\u00A6\u00D9\0\u00AA\0b\u00CEl";

  /** The start of the key of MXF's header partition (SMPTE ST 377-1 §7.1). */
  private static final String MXF =
      "\u0006\u000E+4\u0002\u0005\u0001\u0001\r\u0001\u0002\u0001\u0001\u0002";

  private static final int PNG_HEADER_LENGTH = 13;

  private Sniffer() {}

  /**
   * The format of bytes in transfer.
   *
   * @param bytes an array that begins with the file's first bytes
   * @param length number of valid bytes: {@link #HEAD_BYTES} unless the file is shorter; those of
   *     {@link #head} also tell what follows a long tag
   * @throws NotMediaException when it is not a format that is accepted
   */
  public static MediaFormat sniff(byte[] bytes, int length) {
    Head head = new Head(bytes, length);
    return image(head)
        .or(() -> IsoMedia.sniff(head))
        .or(() -> container(head))
        .or(() -> audio(head))
        .orElseGet(() -> unmarked(head));
  }

  /**
   * The first bytes of a file, as many as {@link #sniff} can use: more than {@link #HEAD_BYTES}
   * where a longer tag comes before the sound, and at most 16 MB.
   *
   * @param in read up to the end of these bytes
   */
  public static byte[] head(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    while (true) {
      int tags = LeadingTags.end(new Head(head, head.length));
      int more = tags + HEAD_BYTES - head.length;
      if (tags == 0 || more <= 0 || tags > MAX_HEAD_BYTES - HEAD_BYTES) {
        return head;
      }
      byte[] rest = in.readNBytes(more);
      if (rest.length == 0) {
        return head;
      }
      int known = head.length;
      head = Arrays.copyOf(head, known + rest.length);
      System.arraycopy(rest, 0, head, known, rest.length);
    }
  }

  /**
   * The format of a file; its name does not matter.
   *
   * @throws NotMediaException when it is not a format that is accepted
   * @throws IOException when the file cannot be read
   */
  public static MediaFormat sniff(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] head = head(in);
      return sniff(head, head.length);
    }
  }

  private static Optional<MediaFormat> image(Head head) {
    if (isJpeg(head)) {
      return Optional.of(MediaFormat.JPEG);
    }
    if (head.startsWith("\u0089PNG\r\n\u001A\n")
        && head.uint32At(8) == PNG_HEADER_LENGTH
        && head.hasAt(12, "IHDR")) {
      return Optional.of(MediaFormat.PNG);
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return Optional.of(MediaFormat.GIF);
    }
    if (head.startsWith("RIFF") && head.hasAt(8, "WEBPVP8")) {
      return Optional.of(MediaFormat.WEBP);
    }
    if (head.startsWith("II*\0") || head.startsWith("MM\0*") || isBigTiff(head)) {
      return Optional.of(MediaFormat.TIFF);
    }
    return isBmp(head) ? Optional.of(MediaFormat.BMP) : Optional.empty();
  }

  /** TIFF with 64-bit offsets: version 43, the size of an offset, a zero. */
  private static boolean isBigTiff(Head head) {
    return head.startsWith("II+\0\b\0\0\0") || head.startsWith("MM\0+\0\b\0\0");
  }

  /** The first segment's marker may have fill bytes before it (ITU-T T.81 §B.1.1.2). */
  private static boolean isJpeg(Head head) {
    int at = 3;
    while (head.at(at) == 0xFF) {
      at++;
    }
    return head.startsWith("\u00FF\u00D8\u00FF") && head.at(at) >= 0xC0;
  }

  /**
   * Checks for BMP. Two letters alone would also match text, so the reserved fields and the
   * header's size must fit too.
   */
  private static boolean isBmp(Head head) {
    return head.startsWith("BM")
        && head.hasAt(6, "\0\0\0\0")
        && head.hasAt(15, "\0\0\0")
        && switch (head.at(14)) {
          case 12, 40, 52, 56, 64, 108, 124 -> true;
          default -> false;
        };
  }

  private static Optional<MediaFormat> container(Head head) {
    if (head.startsWith("\u001A\u0045\u00DF\u00A3")) {
      return Ebml.sniff(head);
    }
    if (head.startsWith("RIFF") && head.hasAt(8, "AVI ")) {
      return Optional.of(MediaFormat.AVI);
    }
    if (head.startsWith("FLV\u0001") && (head.at(4) & ~0x05) == 0) {
      return Optional.of(MediaFormat.FLV);
    }
    if (head.startsWith(ASF)) {
      return Optional.of(MediaFormat.ASF);
    }
    if (head.startsWith(MXF)) {
      return Optional.of(MediaFormat.MXF);
    }
    return Mpeg.container(head);
  }

  private static Optional<MediaFormat> audio(Head head) {
    // Some programs put a tag even before files that have their own place for it.
    Optional<MediaFormat> taggable =
        taggable(head, 0).or(() -> taggable(head, LeadingTags.end(head)));
    if (taggable.isPresent()) {
      return taggable;
    }
    if (head.startsWith("#!AMR\n") || head.startsWith("#!AMR-WB\n")) {
      return Optional.of(MediaFormat.AMR);
    }
    if (head.startsWith("caff\0\u0001") && head.hasAt(8, "desc")) {
      return Optional.of(MediaFormat.CAF);
    }
    return MpegAudio.sniff(head);
  }

  private static Optional<MediaFormat> taggable(Head head, int at) {
    if (head.hasAt(at, "OggS\0")) {
      return Optional.of(MediaFormat.OGG);
    }
    if ((head.hasAt(at, "RIFF") || head.hasAt(at, "RF64") || head.hasAt(at, "BW64"))
        && head.hasAt(at + 8, "WAVE")) {
      return Optional.of(MediaFormat.WAV);
    }
    boolean aiff = head.hasAt(at + 8, "AIFF") || head.hasAt(at + 8, "AIFC");
    return head.hasAt(at, "FORM") && aiff ? Optional.of(MediaFormat.AIFF) : Optional.empty();
  }

  /**
   * Sound whose first frame is preceded by other bytes, such as a recording that begins in the
   * middle of a frame. It has no signature, so the file must not be anything else.
   */
  private static MediaFormat unmarked(Head head) {
    NotMedia kind = Refusals.kindOf(head);
    return Optional.of(kind)
        .filter(NotMedia.UNKNOWN::equals)
        .flatMap(unknown -> MpegAudio.search(head))
        .orElseThrow(() -> new NotMediaException(kind));
  }
}
