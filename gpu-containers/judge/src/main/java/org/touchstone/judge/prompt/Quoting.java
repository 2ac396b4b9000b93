package org.touchstone.judge.prompt;

import java.util.HexFormat;
import java.util.Map;

/**
 * Data as a JSON object in which no text can end its own quotes, start a line, name a role or form
 * one of the special tokens that servers put between messages, such as {@code <|im_start|>} or
 * {@code [INST]}. Letters of all scripts stay as they are; brackets, bars and invisible characters
 * become escapes, which a reader can still see.
 */
final class Quoting {
  private static final String ESCAPED = "\"\\<>[]{}|`";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final HexFormat HEX = HexFormat.of();

  private Quoting() {}

  /** One line of JSON. Names are ours; values are anybody's. */
  static String object(Map<String, String> fields) {
    StringBuilder out = new StringBuilder("{");
    fields.forEach(
        (name, value) -> {
          out.append(out.length() > 1 ? ", " : "").append('"').append(name).append("\": ");
          quote(value, out);
        });
    return out.append('}').toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int point : text.codePoints().toArray()) {
      if (isPlain(point)) {
        out.appendCodePoint(point);
      } else {
        for (char unit : Character.toChars(point)) {
          out.append("\\u").append(HEX.toHexDigits(unit));
        }
      }
    }
    out.append('"');
  }

  private static boolean isPlain(int point) {
    if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
      // Several scripts need them within words.
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> ESCAPED.indexOf(point) < 0;
    };
  }
}
