package org.touchstone.formats;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Identifies files that are not accepted, so that the user learns why. */
final class Refusals {
  private static final int TEXT_SEEN = 1024;

  private static final List<String> ARCHIVES =
      List.of(
          "PK\u0003\u0004",
          "PK\u0005\u0006",
          "PK\u0007\u0008",
          "Rar!\u001A\u0007",
          "7z\u00BC\u00AF\u0027\u001C",
          "\u001F\u008B",
          "BZh",
          "\u00FD7zXZ\0",
          "\u0028\u00B5\u002F\u00FD",
          "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1");

  private static final List<String> EXECUTABLES =
      List.of(
          "\u007FELF",
          "MZ",
          "\u00CA\u00FE\u00BA\u00BE",
          "\u00FE\u00ED\u00FA\u00CE",
          "\u00FE\u00ED\u00FA\u00CF",
          "\u00CE\u00FA\u00ED\u00FE",
          "\u00CF\u00FA\u00ED\u00FE",
          "\0asm");

  /** The brand of Canon's raw photographs, CR3. */
  static final String CANON_RAW = "crx ";

  /** Signatures and boxes of ISO/IEC 18181-2 and ITU-T T.800; the last are bare codestreams. */
  private static final List<String> JPEG_XL =
      List.of("\0\0\0\u000CJXL \r\n\u0087\n", "\0\0\0\u0014ftypjxl ", "\u00FF\n");

  private static final List<String> JPEG_2000 =
      List.of("\0\0\0\u000CjP  \r\n\u0087\n", "\u00FFO\u00FFQ");

  /** Fujifilm, Panasonic, Olympus (three), Sigma and Minolta. */
  private static final List<String> RAW =
      List.of("FUJIFILMCCD-RAW", "IIU\0", "IIRO", "IIRS", "MMOR", "FOVb", "\0MRM");

  /** Photoshop, GIMP. */
  private static final List<String> EDITORS = List.of("8BPS", "gimp xcf ");

  private static final Pattern SVG = Pattern.compile("(?s)(<[?!].*)?<svg[\\s>].*");
  private static final Pattern XML = Pattern.compile("(?s)<\\?xml\\s.*");

  /**
   * The tags that mark the start of a page according to the WHATWG MIME sniffing standard (§7.1).
   */
  private static final Pattern HTML_PART =
      Pattern.compile(
          "(?s)<(head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link|!--)"
              + "([\\s>/-].*)?");

  private static final Pattern HTML =
      Pattern.compile("(?s)(<\\?xml\\s.*)?<(!doctype html|html)[\\s>].*");

  private static final Pattern SCRIPT = Pattern.compile("(?s)(#!|<\\?php|<%).*");

  private Refusals() {}

  static NotMedia kindOf(Head head) {
    if (head.length() == 0) {
      return NotMedia.EMPTY;
    }
    if (ARCHIVES.stream().anyMatch(head::startsWith)) {
      return NotMedia.ARCHIVE;
    }
    if (EXECUTABLES.stream().anyMatch(head::startsWith)) {
      return NotMedia.EXECUTABLE;
    }
    if (head.startsWith("%PDF-")) {
      return NotMedia.PDF;
    }
    return kindOfPicture(head).orElseGet(() -> kindOfText(beginning(head)));
  }

  private static Optional<NotMedia> kindOfPicture(Head head) {
    if (JPEG_XL.stream().anyMatch(head::startsWith)) {
      return Optional.of(NotMedia.JPEG_XL);
    }
    if (JPEG_2000.stream().anyMatch(head::startsWith)) {
      return Optional.of(NotMedia.JPEG_2000);
    }
    if (RAW.stream().anyMatch(head::startsWith) || head.hasAt(4, "ftyp" + CANON_RAW)) {
      return Optional.of(NotMedia.RAW_PHOTOGRAPH);
    }
    if (EDITORS.stream().anyMatch(head::startsWith)) {
      return Optional.of(NotMedia.EDITOR_DOCUMENT);
    }
    return head.startsWith(".RMF") ? Optional.of(NotMedia.REAL_MEDIA) : Optional.empty();
  }

  private static NotMedia kindOfText(String text) {
    if (SCRIPT.matcher(text).matches()) {
      return NotMedia.SCRIPT;
    }
    if (HTML.matcher(text).matches()) {
      return NotMedia.HTML;
    }
    if (SVG.matcher(text).matches()) {
      return NotMedia.SVG;
    }
    if (HTML_PART.matcher(text).matches()) {
      return NotMedia.HTML;
    }
    return XML.matcher(text).matches() ? NotMedia.XML : NotMedia.UNKNOWN;
  }

  /** The first characters without byte order mark and blanks, in one-byte or two-byte encodings. */
  private static String beginning(Head head) {
    String text = head.text(0, TEXT_SEEN);
    if (text.startsWith("\u00FE\u00FF") || text.startsWith("\u00FF\u00FE")) {
      text = text.substring(2).replace("\0", "");
    } else if (text.startsWith("\u00EF\u00BB\u00BF")) {
      text = text.substring(3);
    }
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
