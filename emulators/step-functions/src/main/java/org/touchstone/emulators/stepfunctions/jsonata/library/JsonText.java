package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils.JList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code $string}: values as JavaScript writes them. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  /** The text of a value; a string and a function, which has none, are not quoted. */
  static String string(Object value, Object pretty) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    // What the library wraps an array in that is the input.
    if (value instanceof JList<?> list && list.outerWrapper) {
      return string(list.getFirst(), pretty);
    }
    JsonText text = new JsonText(Truth.of(pretty));
    if (!isJson(value)) {
      return "";
    }
    text.write(value, "\n");
    return text.out.toString();
  }

  private static boolean isJson(Object value) {
    return value == Jsonata.NULL_VALUE
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof List
        || value instanceof Map && !Calls.isFunction(value);
  }

  private void write(Object value, String newLine) {
    switch (value) {
      case null -> out.append("null");
      case String s -> quote(s);
      case Number n -> out.append(number(n));
      case Boolean b -> out.append(b);
      case List<?> list -> {
        String inner = newLine + "  ";
        out.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
          indent(inner);
          write(items.next(), inner);
          out.append(items.hasNext() ? "," : "");
        }
        close(list.isEmpty(), newLine).append(']');
      }
      case Map<?, ?> map when !Calls.isFunction(map) -> {
        String inner = newLine + "  ";
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> fields = map.entrySet().iterator();
            fields.hasNext(); ) {
          Map.Entry<?, ?> field = fields.next();
          indent(inner);
          quote(String.valueOf(field.getKey()));
          out.append(pretty ? ": " : ":");
          write(field.getValue(), inner);
          out.append(fields.hasNext() ? "," : "");
        }
        close(map.isEmpty(), newLine).append('}');
      }
      default -> out.append(value == Jsonata.NULL_VALUE ? "null" : "\"\"");
    }
  }

  private void indent(String newLine) {
    out.append(pretty ? newLine : "");
  }

  private StringBuilder close(boolean empty, String newLine) {
    return out.append(pretty && !empty ? newLine : "");
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isLone(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
            && !(at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1)))
        || Character.isLowSurrogate(c)
            && !(at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static String number(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw new JException("D3001", -1);
    }
    return Numbers.plain(Numbers.precise(value));
  }
}
