package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;

/** The rules for one half of a picture of {@code $formatNumber}, by their error codes. */
final class PictureRules {
  private PictureRules() {}

  static void check(
      String text,
      String active,
      String mantissa,
      String whole,
      String fraction,
      String exponent,
      PictureSymbols symbols) {
    String grouping = symbols.grouping();
    boolean hundredth = text.contains(symbols.percent());
    boolean thousandth = text.contains(symbols.perMille());
    int point = text.indexOf(symbols.decimal());
    refuse(isRepeated(text, symbols.decimal()), "D3081");
    refuse(isRepeated(text, symbols.percent()), "D3082");
    refuse(isRepeated(text, symbols.perMille()), "D3083");
    refuse(hundredth && thousandth, "D3084");
    refuse(mantissa.chars().noneMatch(c -> symbols.isDigit((char) c)), "D3085");
    refuse(!active.chars().allMatch(c -> symbols.isActive((char) c)), "D3086");
    refuse(
        point >= 0
            && (text.startsWith(grouping, point - 1) || text.startsWith(grouping, point + 1)),
        "D3087");
    refuse(point < 0 && whole.endsWith(grouping), "D3088");
    refuse(text.contains(grouping + grouping), "D3089");
    int optional = whole.indexOf(symbols.digit());
    refuse(optional >= 0 && hasDecimalDigit(whole.substring(0, optional), symbols), "D3090");
    optional = fraction.lastIndexOf(symbols.digit());
    refuse(optional >= 0 && hasDecimalDigit(fraction.substring(optional), symbols), "D3091");
    if (exponent != null) {
      refuse(!exponent.isEmpty() && (hundredth || thousandth), "D3092");
      boolean digitsOnly = exponent.chars().allMatch(c -> symbols.isDecimalDigit((char) c));
      refuse(exponent.isEmpty() || !digitsOnly, "D3093");
    }
  }

  private static void refuse(boolean broken, String code) {
    if (broken) {
      throw new JException(code, -1);
    }
  }

  private static boolean isRepeated(String text, String sign) {
    return text.indexOf(sign) != text.lastIndexOf(sign);
  }

  private static boolean hasDecimalDigit(String text, PictureSymbols symbols) {
    return text.chars().anyMatch(c -> symbols.isDecimalDigit((char) c));
  }
}
