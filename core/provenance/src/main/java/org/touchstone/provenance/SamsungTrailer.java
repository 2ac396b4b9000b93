package org.touchstone.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.touchstone.formats.ByteSource;

/**
 * What Samsung's gallery writes behind a JPEG's end to undo its edits: parts with names, then a
 * directory that ends with {@code SEFT}. Of these, only the description of edits is read.
 */
final class SamsungTrailer {
  static final String SOURCE = "samsung";

  private static final String END = "SEFT";
  private static final String EDITS = "PhotoEditor_Re_Edit_Data";
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_EDITS = 64 << 10;

  private SamsungTrailer() {}

  static void read(ByteSource in, RawMetadata out) throws IOException {
    long size = in.size();
    if (size < END.length() || !latin(in.read(size - END.length(), END.length())).equals(END)) {
      return;
    }
    long length = Math.min(size, MAX_BYTES);
    String trailer = latin(in.read(size - length, length));
    int at = trailer.indexOf(EDITS + "{");
    if (at >= 0) {
      int from = at + EDITS.length();
      out.text(
          SOURCE, EDITS, trailer.substring(from, Math.min(trailer.length(), from + MAX_EDITS)));
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
