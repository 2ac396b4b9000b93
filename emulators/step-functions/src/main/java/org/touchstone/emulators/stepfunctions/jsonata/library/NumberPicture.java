package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** {@code $formatNumber}: writes numbers by a picture, as XPath describes. */
final class NumberPicture {
  private static final int PERCENT = 100;
  private static final int PER_MILLE = 1000;

  private final PictureSymbols symbols;
  private final SubPicture picture;
  private final String prefix;

  private NumberPicture(PictureSymbols symbols, SubPicture picture, String prefix) {
    this.symbols = symbols;
    this.picture = picture;
    this.prefix = prefix;
  }

  static String format(Number value, String picture, Map<?, ?> options) {
    if (value == null) {
      return null;
    }
    PictureSymbols symbols = PictureSymbols.of(options);
    List<SubPicture> parts =
        symbols.split(picture).stream().map(part -> SubPicture.of(part, symbols)).toList();
    boolean negative = value.doubleValue() < 0;
    SubPicture chosen = negative ? parts.getLast() : parts.getFirst();
    boolean signed = negative && parts.size() == 1;
    return new NumberPicture(
            symbols, chosen, signed ? symbols.minus() + chosen.prefix() : chosen.prefix())
        .format(value.doubleValue());
  }

  private String format(double value) {
    double scaled =
        picture.contains(symbols.percent())
            ? value * PERCENT
            : picture.contains(symbols.perMille()) ? value * PER_MILLE : value;
    if (picture.exponentDigits() == 0) {
      return prefix + mantissa(scaled) + picture.suffix();
    }
    if (scaled <= 0) {
      // JSONata looks for the exponent of such a number without end.
      throw new JException("$formatNumber writes only positive numbers with an exponent", -1);
    }
    double most = Math.pow(10, picture.scalingFactor());
    double least = Math.pow(10, picture.scalingFactor() - 1.0);
    int exponent = 0;
    double mantissa = scaled;
    while (mantissa < least) {
      mantissa *= 10;
      exponent--;
    }
    while (mantissa > most) {
      mantissa /= 10;
      exponent++;
    }
    String digits = digits(exponent, 0);
    String padded = zeros(picture.exponentDigits() - digits.length()) + digits;
    return prefix
        + mantissa(mantissa)
        + symbols.exponent()
        + (exponent < 0 ? symbols.minus() : "")
        + padded
        + picture.suffix();
  }

  private String mantissa(double value) {
    double rounded = Functions.round(value, picture.mostFraction()).doubleValue();
    String all = digits(rounded, picture.mostFraction());
    int point = all.indexOf('.');
    String whole = stripLeading(point < 0 ? all : all.substring(0, point));
    String fraction = stripTrailing(point < 0 ? "" : all.substring(point + 1));
    whole = zeros(picture.leastWhole() - whole.length()) + whole;
    fraction = fraction + zeros(picture.leastFraction() - fraction.length());
    String grouped = picture.groupWhole(whole, symbols.grouping());
    boolean point2 = picture.contains(symbols.decimal()) && !fraction.isEmpty();
    return point2
        ? grouped + symbols.decimal() + picture.groupFraction(fraction, symbols.grouping())
        : grouped;
  }

  private String digits(double value, int places) {
    String plain =
        new BigDecimal(Math.abs(value)).setScale(places, RoundingMode.HALF_UP).toPlainString();
    StringBuilder out = new StringBuilder();
    for (char c : plain.toCharArray()) {
      out.append(c == '.' ? c : (char) (symbols.zero() + c - '0'));
    }
    return out.toString();
  }

  private String zeros(int count) {
    return String.valueOf(symbols.zero()).repeat(Math.max(0, count));
  }

  private String stripLeading(String text) {
    int from = 0;
    while (from < text.length() && text.charAt(from) == symbols.zero()) {
      from++;
    }
    return text.substring(from);
  }

  private String stripTrailing(String text) {
    int to = text.length();
    while (to > 0 && text.charAt(to - 1) == symbols.zero()) {
      to--;
    }
    return text.substring(0, to);
  }
}
