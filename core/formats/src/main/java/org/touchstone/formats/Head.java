package org.touchstone.formats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of a file; bytes beyond them never match. */
record Head(byte[] bytes, int length) {

  boolean hasAt(int offset, String latin1) {
    if (offset < 0 || offset + latin1.length() > length) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if (at(offset + i) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean startsWith(String latin1) {
    return hasAt(0, latin1);
  }

  /** The byte as 0..255, -1 beyond the end. */
  int at(int offset) {
    return offset >= 0 && offset < length ? bytes[offset] & 0xFF : -1;
  }

  /** The bytes from an offset on; empty beyond the end. */
  ByteBuffer from(int offset) {
    int start = Math.min(offset, length);
    return ByteBuffer.wrap(bytes, start, length - start).slice();
  }

  /** Two bytes as an unsigned big-endian number, -1 beyond the end. */
  int uint16At(int offset) {
    return at(offset + 1) < 0 ? -1 : at(offset) << 8 | at(offset + 1);
  }

  /** Four bytes as an unsigned big-endian number, -1 beyond the end. */
  long uint32At(int offset) {
    if (offset < 0 || offset + Integer.BYTES > length) {
      return -1;
    }
    return (long) at(offset) << 24 | at(offset + 1) << 16 | at(offset + 2) << 8 | at(offset + 3);
  }

  /** Four characters, such as a brand or a chunk's name; empty beyond the end. */
  String fourCharsAt(int offset) {
    return offset + Integer.BYTES > length
        ? ""
        : new String(bytes, offset, Integer.BYTES, StandardCharsets.ISO_8859_1);
  }

  String text(int offset, int maxLength) {
    int from = Math.min(offset, length);
    return new String(bytes, from, Math.min(maxLength, length - from), StandardCharsets.ISO_8859_1);
  }
}
