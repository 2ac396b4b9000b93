package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** {@code $formatInteger} and {@code $parseInteger}: whole numbers by a picture. */
final class IntegerPicture {
  private static final BigInteger LETTERS = BigInteger.valueOf(26);
  private static final int ORDINAL_LENGTH = 2;

  private final String primary;
  private final boolean ordinal;
  private final DigitPattern digits;

  private IntegerPicture(String primary, boolean ordinal) {
    this.primary = primary;
    this.ordinal = ordinal;
    this.digits = isNamed(primary) ? null : DigitPattern.of(primary);
  }

  private static boolean isNamed(String primary) {
    return switch (primary) {
      case "a", "A", "i", "I", "w", "W", "Ww" -> true;
      default -> false;
    };
  }

  static IntegerPicture of(String picture) {
    int modifier = picture.lastIndexOf(';');
    return modifier < 0
        ? new IntegerPicture(picture, false)
        : new IntegerPicture(picture.substring(0, modifier), picture.startsWith("o", modifier + 1));
  }

  static String format(Number value, String picture) {
    if (value == null) {
      return null;
    }
    return of(picture).format(whole(value.doubleValue()), 0);
  }

  private static BigInteger whole(double value) {
    return new BigDecimal(Double.toString(value)).setScale(0, RoundingMode.FLOOR).toBigInteger();
  }

  /**
   * @param leastDigits at least so many digits, whatever the picture says
   */
  String format(BigInteger value, int leastDigits) {
    BigInteger size = value.abs();
    String text =
        switch (primary) {
          case "a" -> letters(size, 'a');
          case "A" -> letters(size, 'A');
          case "i" -> RomanNumerals.write(size).toLowerCase(Locale.ROOT);
          case "I" -> RomanNumerals.write(size);
          case "w" -> NumberWords.write(size, ordinal).toLowerCase(Locale.ROOT);
          case "W" -> NumberWords.write(size, ordinal).toUpperCase(Locale.ROOT);
          case "Ww" -> NumberWords.write(size, ordinal);
          default -> {
            String plain = digits.write(size.toString(), leastDigits);
            yield ordinal ? plain + suffix(plain) : plain;
          }
        };
    return value.signum() < 0 ? "-" + text : text;
  }

  private static String suffix(String digits) {
    boolean teen = digits.length() > 1 && digits.charAt(digits.length() - 2) == '1';
    return switch (teen ? ' ' : digits.charAt(digits.length() - 1)) {
      case '1' -> "st";
      case '2' -> "nd";
      case '3' -> "rd";
      default -> "th";
    };
  }

  private static String letters(BigInteger value, char first) {
    StringBuilder out = new StringBuilder();
    for (BigInteger left = value; left.signum() > 0; ) {
      BigInteger[] parts = left.subtract(BigInteger.ONE).divideAndRemainder(LETTERS);
      out.append((char) (first + parts[1].intValue()));
      left = parts[0];
    }
    return out.reverse().toString();
  }

  /** A number that was written by the picture; null when the text is not one. */
  static Number parse(String text, String picture) {
    if (text == null) {
      return null;
    }
    IntegerPicture format = of(picture);
    Double value =
        switch (format.primary) {
          case "a" -> format.fromLetters(text, 'a');
          case "A" -> format.fromLetters(text, 'A');
          case "i", "I" -> RomanNumerals.read(text.toUpperCase(Locale.ROOT));
          case "w", "W", "Ww" -> NumberWords.read(text.toLowerCase(Locale.ROOT));
          default -> {
            boolean ends = format.ordinal && text.length() >= ORDINAL_LENGTH;
            yield format.digits.read(
                ends ? text.substring(0, text.length() - ORDINAL_LENGTH) : text);
          }
        };
    return value == null ? null : Utils.convertNumber(value);
  }

  private Double fromLetters(String text, char first) {
    double value = 0;
    for (char c : text.toCharArray()) {
      if (c < first || c >= first + LETTERS.intValue()) {
        return null;
      }
      value = value * LETTERS.intValue() + (c - first + 1);
    }
    return value;
  }

  /** The error for a picture that is none of the known numberings. */
  static JException unknown(String picture) {
    return new JException("D3130", -1, picture);
  }
}
