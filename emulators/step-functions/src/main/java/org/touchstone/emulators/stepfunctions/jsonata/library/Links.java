package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as JavaScript does it, for whole links or for their components. */
final class Links {
  private static final String UNRESERVED = "-_.!~*'()";
  private static final String RESERVED = ";/?:@&=+$,#";
  private static final int HEX = 16;

  private Links() {}

  static String encode(String text, String function, boolean component) {
    if (text == null) {
      return null;
    }
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw malformed(text, function);
    }
    StringBuilder out = new StringBuilder();
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      if (isPlain((char) b, component)) {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(char c, boolean component) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || UNRESERVED.indexOf(c) >= 0
        || !component && RESERVED.indexOf(c) >= 0;
  }

  static String decode(String text, String function, boolean component) {
    if (text == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) != '%') {
        out.append(text.charAt(i++));
        continue;
      }
      int start = i;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (i < text.length() && text.charAt(i) == '%') {
        bytes.write(octet(text, i, function));
        i += 3;
      }
      decode(bytes.toByteArray(), text.substring(start, i), component, function, out);
    }
    return out.toString();
  }

  private static int octet(String text, int at, String function) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), HEX) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), HEX) : -1;
    if (high < 0 || low < 0) {
      throw malformed(text, function);
    }
    return high * HEX + low;
  }

  private static void decode(
      byte[] bytes, String encoded, boolean component, String function, StringBuilder out) {
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed(encoded, function);
    }
    int at = 0;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      int width = Character.isSurrogate(c) ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      // A sign with a meaning in a link stays as it is.
      boolean keeps = !component && RESERVED.indexOf(c) >= 0;
      out.append(keeps ? encoded.substring(at, at + 3 * width) : String.valueOf(c));
      at += 3 * width;
    }
  }

  private static JException malformed(String text, String function) {
    return new JException("D3140", -1, text, function);
  }
}
