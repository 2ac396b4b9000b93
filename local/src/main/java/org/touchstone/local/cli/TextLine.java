package org.touchstone.local.cli;

import java.util.Locale;

/** A line of a table; the name may be empty. */
record TextLine(String name, String text) {
  /** Minutes and seconds, such as 2:05. */
  static String clock(double seconds) {
    return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
  }
}
