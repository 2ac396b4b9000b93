package org.touchstone.local.doctor;

import java.util.Locale;

/**
 * The result of one check.
 *
 * @param level whether the thing is there
 * @param subject its name, a word or two
 * @param text what was found; when something is missing, also what needs it and what to do
 */
public record Finding(Level level, String subject, String text) {
  /** Whether a thing is there. */
  public enum Level {
    /** There. */
    OK("ok"),
    /** Missing; only some commands need it. */
    LACK("lack"),
    /** Missing; nothing runs without it. */
    FAIL("FAIL");

    private final String mark;

    Level(String mark) {
      this.mark = mark;
    }
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  static Finding lack(String subject, String text) {
    return new Finding(Level.LACK, subject, text);
  }

  static Finding fail(String subject, String text) {
    return new Finding(Level.FAIL, subject, text);
  }

  /** One line, in the columns that the launcher's own checks use. */
  public String line() {
    return String.format(Locale.ROOT, "%-5s %-18s %s", level.mark, subject, text);
  }
}
