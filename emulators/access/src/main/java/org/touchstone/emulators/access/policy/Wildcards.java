package org.touchstone.emulators.access.policy;

import java.util.regex.Pattern;

/** IAM's patterns: {@code *} stands for any text, also none, and {@code ?} for one character. */
final class Wildcards {
  private Wildcards() {}

  static boolean matches(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*' || c == '?') {
        regex.append(Pattern.quote(literal.toString())).append(c == '*' ? ".*" : ".");
        literal.setLength(0);
      } else {
        literal.append(c);
      }
    }
    regex.append(Pattern.quote(literal.toString()));
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
