package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.util.List;

/** {@code $replace}. */
final class Replacing {
  private Replacing() {}

  static String replace(String text, Object pattern, Object replacement, Number limit) {
    if (text == null) {
      return null;
    }
    if ("".equals(pattern)) {
      throw new JException("D3010", -1, pattern);
    }
    double most = Matching.limit(limit, "D3011");
    return pattern instanceof String literal
        ? literal(text, literal, replacement, most)
        : matches(text, pattern, replacement, most);
  }

  private static String literal(String text, String part, Object replacement, double most) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int count = 0;
    for (int at = text.indexOf(part); at >= 0 && count < most; at = text.indexOf(part, from)) {
      if (!(replacement instanceof String with)) {
        throw new JException("D3012", -1, replacement);
      }
      out.append(text, from, at).append(with);
      from = at + part.length();
      count++;
    }
    return out.append(text, from, text.length()).toString();
  }

  private static String matches(String text, Object pattern, Object replacement, double most) {
    StringBuilder out = new StringBuilder();
    Matching.Matches matches = Matching.of(pattern, text);
    int from = 0;
    int count = 0;
    for (Matching.Match match; count < most && (match = matches.next()) != null; count++) {
      Object with =
          replacement instanceof String form
              ? filled(form, match)
              : Calls.call(replacement, match.asValue());
      if (!(with instanceof String instead)) {
        throw new JException("D3012", -1, with);
      }
      out.append(text, from, match.start()).append(instead);
      from = match.start() + match.text().length();
    }
    return out.append(text, from, text.length()).toString();
  }

  /** A replacement's text with {@code $0}, {@code $n} and {@code $$} filled in. */
  private static String filled(String form, Matching.Match match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < form.length()) {
      char c = form.charAt(at++);
      char next = at < form.length() ? form.charAt(at) : 0;
      if (c != '$') {
        out.append(c);
      } else if (next == '$') {
        out.append('$');
        at++;
      } else if (next == '0') {
        out.append(match.text());
        at++;
      } else {
        int digits = groupDigits(form, at, match.groups().size());
        if (digits == 0) {
          out.append('$');
        } else {
          int group = Integer.parseInt(form.substring(at, at + digits));
          out.append(group(match.groups(), group));
          at += digits;
        }
      }
    }
    return out.toString();
  }

  /** How many digits name a group: as many as the last group's number has, or one less. */
  private static int groupDigits(String form, int at, int groups) {
    int most = String.valueOf(Math.max(1, groups)).length();
    int digits = 0;
    while (digits < most && at + digits < form.length() && isDigit(form.charAt(at + digits))) {
      digits++;
    }
    boolean tooLarge = digits > 1 && Integer.parseInt(form.substring(at, at + digits)) > groups;
    return tooLarge ? digits - 1 : digits;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String group(List<Object> groups, int number) {
    Object value = number <= groups.size() ? groups.get(number - 1) : null;
    return value == null ? "" : String.valueOf(value);
  }
}
