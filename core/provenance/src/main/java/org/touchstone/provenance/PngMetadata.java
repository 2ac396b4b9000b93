package org.touchstone.provenance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.ExifBlocks;
import org.touchstone.formats.PngChunks;

/** Metadata of a PNG: text, EXIF, XMP and C2PA chunks, before and after the picture. */
final class PngMetadata {
  private static final String XMP_KEYWORD = "XML:com.adobe.xmp";

  private PngMetadata() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    PngChunks.walk(
        in,
        PngMetadata::isWanted,
        RawMetadata.MAX_BLOCK_BYTES,
        (type, data) -> chunk(type, data, out));
  }

  private static boolean isWanted(String type) {
    return switch (type) {
      case "tEXt", "zTXt", "iTXt", "eXIf", "caBX" -> true;
      default -> false;
    };
  }

  private static void chunk(String type, byte[] data, RawMetadata out) throws IOException {
    switch (type) {
      case "eXIf" -> out.exif(ExifBlocks.withoutPrefix(data));
      case "caBX" -> out.c2pa(data);
      case "tEXt" -> latin(data, out);
      case "zTXt" -> compressed(data, out);
      default -> international(data, out);
    }
  }

  private static void latin(byte[] data, RawMetadata out) {
    int end = zero(data, 0);
    // The format specifies Latin-1, but writers use UTF-8.
    out.text("png", latin(data, 0, end), utf8(data, Math.min(end + 1, data.length)));
  }

  private static void compressed(byte[] data, RawMetadata out) throws IOException {
    int end = zero(data, 0);
    int text = end + 2;
    if (text <= data.length) {
      String value = inflate(data, text, StandardCharsets.UTF_8);
      out.text("png", latin(data, 0, end), value);
    }
  }

  /**
   * Reads an international text: keyword, compression flag and method, language, translated
   * keyword, text.
   */
  private static void international(byte[] data, RawMetadata out) throws IOException {
    int keywordEnd = zero(data, 0);
    int languageEnd = zero(data, keywordEnd + 3);
    int text = zero(data, languageEnd + 1) + 1;
    if (text > data.length) {
      return;
    }
    String keyword = latin(data, 0, keywordEnd);
    boolean deflated = data[keywordEnd + 1] != 0;
    String value = deflated ? inflate(data, text, StandardCharsets.UTF_8) : utf8(data, text);
    if (keyword.equals(XMP_KEYWORD)) {
      out.xmp(value.getBytes(StandardCharsets.UTF_8));
    } else {
      out.text("png", keyword, value);
    }
  }

  private static String inflate(byte[] data, int from, Charset charset) throws IOException {
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(data, from, data.length - from))) {
      return new String(in.readNBytes(RawMetadata.MAX_TEXT_CHARS), charset);
    }
  }

  private static String latin(byte[] data, int from, int to) {
    return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String utf8(byte[] data, int from) {
    return new String(data, from, data.length - from, StandardCharsets.UTF_8);
  }

  /** Index of the next zero byte, or the end. */
  private static int zero(byte[] data, int from) {
    int i = Math.min(from, data.length);
    while (i < data.length && data[i] != 0) {
      i++;
    }
    return i;
  }
}
