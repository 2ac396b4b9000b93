package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;

/** Texts as sequences of characters, of which a surrogate pair is one. */
final class Texts {
  private Texts() {}

  /** {@code $substring}. */
  static String substring(String text, Number start, Number length) {
    if (text == null) {
      return null;
    }
    int[] characters = text.codePoints().toArray();
    int size = characters.length;
    double from = start == null ? 0 : start.doubleValue();
    if (size + from < 0) {
      from = 0;
    }
    if (length == null) {
      return slice(characters, from, size);
    }
    if (length.doubleValue() <= 0 || start == null) {
      return "";
    }
    double to = (from >= 0 ? from : size + from) + length.doubleValue();
    return slice(characters, from, to);
  }

  /** A part, with positions that are cut to whole numbers and count from the end if negative. */
  private static String slice(int[] characters, double from, double to) {
    int first = position(from, characters.length);
    int last = position(to, characters.length);
    return first >= last ? "" : new String(characters, first, last - first);
  }

  private static int position(double given, int size) {
    long whole = (long) given;
    return (int) (whole < 0 ? Math.max(0, size + whole) : Math.min(whole, size));
  }

  /** {@code $substringAfter}: the whole text when the part is not in it, or not given. */
  static String substringAfter(String text, String part) {
    if (text == null || part == null) {
      return text;
    }
    int at = text.indexOf(part);
    return at < 0 ? text : text.substring(at + part.length());
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** {@code $pad}. */
  static String pad(String text, Number width, String with) {
    if (text == null || width == null) {
      return text;
    }
    double missing = Math.abs(width.doubleValue()) - length(text);
    if (missing <= 0) {
      return text;
    }
    if (missing != Math.rint(missing)) {
      throw new JException("T0410", -1, 2, "pad");
    }
    int[] unit = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < missing; i++) {
      padding.appendCodePoint(unit[i % unit.length]);
    }
    return width.doubleValue() > 0 ? text + padding : padding + text;
  }
}
