package org.touchstone.formats;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Detects the format from the first bytes. A signature counts only at its place in the format,
 * which is almost always the very beginning. A page or an archive that contains a picture's bytes
 * is therefore still a page or an archive. A file that begins as a medium is later read only by
 * that medium's reader.
 */
public final class Sniffer {
  /** Number of a file's first bytes that {@link #sniff} needs. */
  public static final int HEAD_BYTES = 16 * 1024;

  private static final int PNG_HEADER_LENGTH = 13;

  private Sniffer() {}

  /**
   * The format of bytes in transfer.
   *
   * @param bytes an array that begins with the file's first bytes
   * @param length number of valid bytes: {@link #HEAD_BYTES} unless the file is shorter
   * @throws NotMediaException when it is not a format that is accepted
   */
  public static MediaFormat sniff(byte[] bytes, int length) {
    Head head = new Head(bytes, length);
    return image(head)
        .or(() -> IsoMedia.sniff(head))
        .or(() -> container(head))
        .or(() -> audio(head))
        .orElseThrow(() -> new NotMediaException(Refusals.kindOf(head)));
  }

  /**
   * The format of a file; its name does not matter.
   *
   * @throws NotMediaException when it is not a format that is accepted
   * @throws IOException when the file cannot be read
   */
  public static MediaFormat sniff(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] head = in.readNBytes(HEAD_BYTES);
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
    if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
      return Optional.of(MediaFormat.TIFF);
    }
    return isBmp(head) ? Optional.of(MediaFormat.BMP) : Optional.empty();
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
    if (head.startsWith("OggS\0")) {
      return Optional.of(MediaFormat.OGG);
    }
    if (head.startsWith("FLV\u0001") && (head.at(4) & ~0x05) == 0) {
      return Optional.of(MediaFormat.FLV);
    }
    return Mpeg.container(head);
  }

  private static Optional<MediaFormat> audio(Head head) {
    if ((head.startsWith("RIFF") || head.startsWith("RF64") || head.startsWith("BW64"))
        && head.hasAt(8, "WAVE")) {
      return Optional.of(MediaFormat.WAV);
    }
    if (head.startsWith("FORM") && (head.hasAt(8, "AIFF") || head.hasAt(8, "AIFC"))) {
      return Optional.of(MediaFormat.AIFF);
    }
    if (head.startsWith("#!AMR\n") || head.startsWith("#!AMR-WB\n")) {
      return Optional.of(MediaFormat.AMR);
    }
    return Mpeg.audio(head);
  }
}
