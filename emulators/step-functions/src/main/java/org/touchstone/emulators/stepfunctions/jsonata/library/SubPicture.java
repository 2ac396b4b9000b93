package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** One half of a picture of {@code $formatNumber}: for numbers from 0 on, or for those below. */
record SubPicture(
    String text,
    String prefix,
    String suffix,
    List<Integer> wholeGroups,
    List<Integer> fractionGroups,
    int regularGroup,
    int scalingFactor,
    int leastWhole,
    int leastFraction,
    int mostFraction,
    int exponentDigits) {

  static SubPicture of(String text, PictureSymbols symbols) {
    int first = 0;
    while (first < text.length() && !isEdge(text.charAt(first), symbols)) {
      first++;
    }
    int last = text.length();
    while (last > first && !isEdge(text.charAt(last - 1), symbols)) {
      last--;
    }
    if (first == last) {
      throw new JException("D3085", -1);
    }
    String prefix = text.substring(0, first);
    String suffix = text.substring(last);
    String active = text.substring(first, last);
    int exponentAt = text.indexOf(symbols.exponent(), first);
    boolean scientific = exponentAt >= 0 && exponentAt < last;
    String mantissa = scientific ? text.substring(first, exponentAt) : active;
    String exponent = scientific ? text.substring(exponentAt + 1, last) : null;
    int point = mantissa.indexOf(symbols.decimal());
    String whole = point < 0 ? mantissa : mantissa.substring(0, point);
    String fraction = point < 0 ? "" : mantissa.substring(point + 1);
    PictureRules.check(text, active, mantissa, whole, fraction, exponent, symbols);

    int wholeDigits = count(whole, c -> symbols.isDecimalDigit((char) c));
    int leastWhole = wholeDigits;
    int leastFraction = count(fraction, c -> symbols.isDecimalDigit((char) c));
    int mostFraction = count(fraction, c -> symbols.isDigit((char) c));
    if (leastWhole == 0 && mostFraction == 0) {
      if (scientific) {
        leastFraction = 1;
        mostFraction = 1;
      } else {
        leastWhole = 1;
      }
    }
    if (scientific && leastWhole == 0 && whole.contains(symbols.digit())) {
      leastWhole = 1;
    }
    if (leastWhole == 0 && leastFraction == 0) {
      leastFraction = 1;
    }
    List<Integer> wholeGroups = groups(whole, false, symbols);
    return new SubPicture(
        text,
        prefix,
        suffix,
        wholeGroups,
        groups(fraction, true, symbols),
        regular(wholeGroups),
        wholeDigits,
        leastWhole,
        leastFraction,
        mostFraction,
        exponent == null ? 0 : exponent.length());
  }

  private static boolean isEdge(char c, PictureSymbols symbols) {
    return symbols.isActive(c) && !symbols.isExponent(c);
  }

  private static int count(String text, IntPredicate wanted) {
    return (int) text.chars().filter(wanted).count();
  }

  /** The number of digits between each grouping separator and the decimal one. */
  private static List<Integer> groups(String part, boolean fraction, PictureSymbols symbols) {
    List<Integer> positions = new ArrayList<>();
    for (int at = part.indexOf(symbols.grouping());
        at >= 0;
        at = part.indexOf(symbols.grouping(), at + 1)) {
      String side = fraction ? part.substring(0, at) : part.substring(at);
      positions.add(count(side, c -> symbols.isDigit((char) c)));
    }
    return positions;
  }

  /** The size of groups that repeat; 0 when they do not. */
  private static int regular(List<Integer> positions) {
    int factor = positions.stream().reduce(0, SubPicture::commonDivisor);
    for (int i = 1; i <= positions.size(); i++) {
      if (!positions.contains(i * factor)) {
        return 0;
      }
    }
    return factor;
  }

  private static int commonDivisor(int a, int b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }

  boolean contains(String sign) {
    return text.contains(sign);
  }

  String groupWhole(String digits, String separator) {
    StringBuilder out = new StringBuilder(digits);
    if (regularGroup > 0) {
      for (int at = digits.length() - regularGroup; at > 0; at -= regularGroup) {
        out.insert(at, separator);
      }
      return out.toString();
    }
    for (int i = wholeGroups.size() - 1; i >= 0; i--) {
      int at = digits.length() - wholeGroups.get(i);
      if (at > 0) {
        out.insert(at, separator);
      }
    }
    return out.toString();
  }

  String groupFraction(String digits, String separator) {
    StringBuilder out = new StringBuilder(digits);
    for (int i = fractionGroups.size() - 1; i >= 0; i--) {
      if (fractionGroups.get(i) < digits.length()) {
        out.insert(fractionGroups.get(i), separator);
      }
    }
    return out.toString();
  }
}
