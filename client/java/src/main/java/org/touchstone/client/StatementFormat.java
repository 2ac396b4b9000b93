package org.touchstone.client;

import java.util.Locale;

/** The form of a statement. */
public enum StatementFormat {
  JSON,
  CSV,
  /** A page to be printed. */
  HTML;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
