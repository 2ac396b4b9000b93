package org.touchstone.resolver.streaming;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attribute list of a tag (RFC 8216 §4.2). */
record HlsAttributes(Map<String, String> values) {
  /** Possessive: giving characters back would take quadratic time, and never leads to a match. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\G\\s*+([A-Z0-9-]{1,64}+)=(?:\"([^\"]*+)\"|([^\",]*+))\\s*+(?:,|$)");

  /** Parses a list; it ends at the first text that is not an attribute. */
  static HlsAttributes parse(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher next = ATTRIBUTE.matcher(text);
    while (next.find()) {
      values.putIfAbsent(next.group(1), next.group(2) != null ? next.group(2) : next.group(3));
    }
    return new HlsAttributes(values);
  }

  /** The attribute's value; absent when there is none. */
  String get(String name) {
    return values.get(name);
  }

  /** The attribute's number; 0 when there is none. */
  long number(String name) {
    String value = get(name);
    return value == null ? 0 : Refusal.number(value);
  }

  /** Pixels of a {@code WIDTHxHEIGHT} attribute; 0 when there is none. */
  long pixels(String name) {
    String value = get(name);
    if (value == null || !value.matches("[0-9]{1,6}x[0-9]{1,6}")) {
      return 0;
    }
    String[] sides = value.split("x");
    return Long.parseLong(sides[0]) * Long.parseLong(sides[1]);
  }
}
