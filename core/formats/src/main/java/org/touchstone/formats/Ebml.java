package org.touchstone.formats;

import java.util.Optional;

/** Matroska and WebM, distinguished by the document type in the EBML header (RFC 8794). */
final class Ebml {
  private static final int SEARCHED = 128;
  private static final int DOC_TYPE_1 = 0x42;
  private static final int DOC_TYPE_2 = 0x82;

  private Ebml() {}

  static Optional<MediaFormat> sniff(Head head) {
    for (int at = 4; at < SEARCHED; at++) {
      if (head.at(at) == DOC_TYPE_1 && head.at(at + 1) == DOC_TYPE_2) {
        int length = head.at(at + 2) & 0x7F;
        return switch (head.text(at + 3, length)) {
          case "webm" -> Optional.of(MediaFormat.WEBM);
          case "matroska" -> Optional.of(MediaFormat.MATROSKA);
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }
}
