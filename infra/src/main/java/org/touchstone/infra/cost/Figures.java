package org.touchstone.infra.cost;

import java.util.Locale;

/** Numbers as the cost page shows them. */
final class Figures {
  private Figures() {}

  /** US dollars with cents. */
  static String usd(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }

  /** A price, with all digits it has. */
  static String price(double value) {
    return String.format(Locale.ROOT, "%.10f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** A figure as it was written. */
  static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Double.toString(value);
  }

  /** A computed figure with one digit after the point. */
  static String rounded(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  static String count(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
