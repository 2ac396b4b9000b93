package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers as text, and text as numbers. */
final class Numbers {
  /** Digits of a number that JSONata writes. */
  private static final int PRECISION = 15;

  private static final double LEAST_WITH_EXPONENT = 1e21;
  private static final double LEAST_WITHOUT_EXPONENT = 1e-6;
  private static final int SMALLEST_BASE = 2;
  private static final int LARGEST_BASE = 36;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
  private static final Pattern OTHER_BASE =
      Pattern.compile("0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+");

  private Numbers() {}

  /** {@code $number}. */
  static Number number(Object value) {
    return switch (value) {
      case null -> null;
      case Number n -> n;
      case Boolean b -> b ? 1 : 0;
      case String s when DECIMAL.matcher(s).matches() && Double.isFinite(Double.parseDouble(s)) ->
          Utils.convertNumber(Double.parseDouble(s));
      case String s when OTHER_BASE.matcher(s).matches() ->
          Utils.convertNumber(
              new BigInteger(s.substring(2), base(Character.toLowerCase(s.charAt(1))))
                  .doubleValue());
      default -> throw new JException("D3030", -1, value);
    };
  }

  private static int base(char letter) {
    return switch (letter) {
      case 'x' -> 16;
      case 'o' -> 8;
      default -> 2;
    };
  }

  /** {@code $formatBase}. */
  static String formatBase(Number value, Number givenBase) {
    if (value == null) {
      return null;
    }
    int base = givenBase == null ? 10 : (int) halfToEven(givenBase.doubleValue());
    if (base < SMALLEST_BASE || base > LARGEST_BASE) {
      throw new JException("D3100", -1, base);
    }
    return new BigDecimal(halfToEven(value.doubleValue())).toBigInteger().toString(base);
  }

  /** The nearest whole number; of two, the even one. */
  static double halfToEven(double value) {
    return Math.rint(value);
  }

  /** A number in the precision in which JSONata writes it. */
  static double precise(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? value
        : new BigDecimal(value)
            .round(new MathContext(PRECISION, RoundingMode.HALF_UP))
            .doubleValue();
  }

  /** A number as JavaScript writes it. */
  static String plain(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (size >= LEAST_WITHOUT_EXPONENT && size < LEAST_WITH_EXPONENT) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
