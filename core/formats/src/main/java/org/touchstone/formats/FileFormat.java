package org.touchstone.formats;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a file is by its first bytes, whatever it is called. */
public enum FileFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  TIFF,
  WEBP,
  /** AVIF, HEIC and other still pictures in boxes of ISO 14496-12. */
  HEIF,
  /** MP4, QuickTime, 3GP and M4A. */
  BMFF,
  MATROSKA,
  AVI,
  WAV,
  MP3,
  FLAC,
  OGG,
  MPEG,
  OTHER;

  private static final int HEADER_BYTES = 16;
  private static final int BRAND_OFFSET = 8;
  private static final int SYNC_MASK = 0xe0;
  private static final int TS_SYNC = 0x47;

  /**
   * Looks at a file.
   *
   * @throws FormatException when it is empty
   * @throws IOException when it cannot be read
   */
  public static FileFormat of(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length == 0) {
        throw new FormatException("It is empty.");
      }
      return of(header);
    }
  }

  static FileFormat of(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    if (header.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    } else if (header.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (header.startsWith("GIF8")) {
      return GIF;
    } else if (header.startsWith("BM")) {
      return BMP;
    } else if (header.startsWith("II*\0") || header.startsWith("MM\0*")) {
      return TIFF;
    } else if (header.startsWith("RIFF")) {
      return riff(header);
    } else if (header.startsWith("ftyp", Integer.BYTES)) {
      return bmff(header);
    } else if (isQuickTime(header)) {
      return BMFF;
    } else if (header.startsWith("\u001aE\u00df\u00a3")) {
      return MATROSKA;
    } else if (header.startsWith("fLaC")) {
      return FLAC;
    } else if (header.startsWith("OggS")) {
      return OGG;
    } else if (header.startsWith("ID3") || isMp3Frame(bytes)) {
      return MP3;
    } else if (header.startsWith("\0\0\u0001\u00ba") || bytes[0] == TS_SYNC) {
      return MPEG;
    }
    return OTHER;
  }

  private static FileFormat riff(String header) {
    if (header.startsWith("WEBP", BRAND_OFFSET)) {
      return WEBP;
    } else if (header.startsWith("AVI ", BRAND_OFFSET)) {
      return AVI;
    }
    return header.startsWith("WAVE", BRAND_OFFSET) ? WAV : OTHER;
  }

  private static FileFormat bmff(String header) {
    String brand = header.length() < HEADER_BYTES ? "" : header.substring(8, 12);
    return switch (brand) {
      case "avif", "avis", "mif1", "msf1", "heic", "heix", "heim", "heis", "hevc", "hevx" -> HEIF;
      default -> BMFF;
    };
  }

  /** QuickTime files from before there was a file type box, and files that begin with another. */
  private static boolean isQuickTime(String header) {
    return header.startsWith("moov", Integer.BYTES)
        || header.startsWith("mdat", Integer.BYTES)
        || header.startsWith("\0") && startsWithSmallBox(header);
  }

  /** Boxes that may come first, whose names are words that a text may have there as well. */
  private static boolean startsWithSmallBox(String header) {
    return Stream.of("free", "skip", "wide", "uuid", "moof", "pnot")
        .anyMatch(type -> header.startsWith(type, Integer.BYTES));
  }

  private static boolean isMp3Frame(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & SYNC_MASK) == SYNC_MASK;
  }
}
