package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The signs of a picture of {@code $formatNumber}, which its options can change. */
record PictureSymbols(
    char zero,
    String decimal,
    String grouping,
    String exponent,
    String minus,
    String percent,
    String perMille,
    String digit,
    String separator) {
  private static final int DIGITS = 10;

  static PictureSymbols of(Map<?, ?> options) {
    Map<?, ?> given = options == null ? Map.of() : options;
    return new PictureSymbols(
        sign(given, "zero-digit", "0").charAt(0),
        sign(given, "decimal-separator", "."),
        sign(given, "grouping-separator", ","),
        sign(given, "exponent-separator", "e"),
        sign(given, "minus-sign", "-"),
        sign(given, "percent", "%"),
        sign(given, "per-mille", "\u2030"),
        sign(given, "digit", "#"),
        sign(given, "pattern-separator", ";"));
  }

  private static String sign(Map<?, ?> options, String name, String otherwise) {
    Object given = options.containsKey(name) ? options.get(name) : otherwise;
    if (!(given instanceof String sign) || sign.isEmpty()) {
      throw new JException("$formatNumber: the option " + name + " must be a sign", -1);
    }
    return sign;
  }

  List<String> split(String picture) {
    List<String> parts = List.of(picture.split(Pattern.quote(separator), -1));
    if (parts.size() > 2) {
      throw new JException("D3080", -1);
    }
    return parts;
  }

  boolean isDecimalDigit(char c) {
    return c >= zero && c < zero + DIGITS;
  }

  boolean isDigit(char c) {
    return isDecimalDigit(c) || digit.equals(String.valueOf(c));
  }

  /** Whether a sign can stand within the active part. */
  boolean isActive(char c) {
    String sign = String.valueOf(c);
    return isDigit(c) || sign.equals(decimal) || sign.equals(exponent) || sign.equals(grouping);
  }

  boolean isExponent(char c) {
    return exponent.equals(String.valueOf(c));
  }
}
