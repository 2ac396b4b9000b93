package org.touchstone.emulators.stepfunctions.jsonata.library;

import com.dashjoin.jsonata.JException;
import java.math.BigInteger;

/** Roman numerals; thousands are as many M. */
final class RomanNumerals {
  private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] SIGNS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };
  private static final BigInteger MOST = BigInteger.valueOf(1_000_000);

  private RomanNumerals() {}

  static String write(BigInteger value) {
    if (value.compareTo(MOST) > 0) {
      throw new JException("the number is too large for Roman numerals", -1);
    }
    StringBuilder out = new StringBuilder();
    int left = value.intValue();
    for (int i = 0; i < VALUES.length; i++) {
      out.append(SIGNS[i].repeat(left / VALUES[i]));
      left %= VALUES[i];
    }
    return out.toString();
  }

  /** The value of upper-case numerals; null when a sign is not one. */
  static Double read(String text) {
    double value = 0;
    int largest = 1;
    for (int i = text.length() - 1; i >= 0; i--) {
      int sign = value(text.charAt(i));
      if (sign == 0) {
        return null;
      }
      value += sign < largest ? -sign : sign;
      largest = Math.max(largest, sign);
    }
    return value;
  }

  private static int value(char sign) {
    for (int i = 0; i < SIGNS.length; i++) {
      if (SIGNS[i].length() == 1 && SIGNS[i].charAt(0) == sign) {
        return VALUES[i];
      }
    }
    return 0;
  }
}
