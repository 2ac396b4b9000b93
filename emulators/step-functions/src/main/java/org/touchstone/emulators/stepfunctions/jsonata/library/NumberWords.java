package org.touchstone.emulators.stepfunctions.jsonata.library;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers in English words. */
final class NumberWords {
  private static final String[] FEW = {
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen"
  };
  private static final String[] ORDINALS = {
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth"
  };
  private static final String[] TENS = {
    "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"
  };
  private static final String[] MAGNITUDES = {"Thousand", "Million", "Billion", "Trillion"};
  private static final int THOUSAND = 1000;
  private static final int HUNDRED = 100;
  private static final Map<String, Double> VALUES = values();

  private NumberWords() {}

  private static Map<String, Double> values() {
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < FEW.length; i++) {
      values.put(FEW[i].toLowerCase(Locale.ROOT), (double) i);
      values.put(ORDINALS[i].toLowerCase(Locale.ROOT), (double) i);
    }
    for (int i = 0; i < TENS.length; i++) {
      String tens = TENS[i].toLowerCase(Locale.ROOT);
      values.put(tens, (i + 2) * 10.0);
      values.put(tieth(tens), (i + 2) * 10.0);
    }
    values.put("hundred", (double) HUNDRED);
    values.put("hundredth", (double) HUNDRED);
    double magnitude = 1;
    for (String word : MAGNITUDES) {
      magnitude *= THOUSAND;
      values.put(word.toLowerCase(Locale.ROOT), magnitude);
      values.put(word.toLowerCase(Locale.ROOT) + "th", magnitude);
    }
    return values;
  }

  private static String tieth(String tens) {
    return tens.substring(0, tens.length() - 1) + "ieth";
  }

  /** The words with capitals. */
  static String write(BigInteger value, boolean ordinal) {
    StringBuilder out = new StringBuilder();
    write(value, false, ordinal, out);
    return out.toString();
  }

  private static void write(BigInteger value, boolean follows, boolean ordinal, StringBuilder out) {
    if (value.compareTo(BigInteger.valueOf(HUNDRED)) < 0) {
      out.append(follows ? " and " : "").append(small(value.intValue(), ordinal));
      return;
    }
    int magnitude = Math.min(MAGNITUDES.length, (value.toString().length() - 1) / 3);
    BigInteger factor =
        magnitude == 0 ? BigInteger.valueOf(HUNDRED) : BigInteger.valueOf(THOUSAND).pow(magnitude);
    BigInteger[] parts = value.divideAndRemainder(factor);
    out.append(follows ? ", " : "");
    write(parts[0], false, false, out);
    out.append(' ').append(magnitude == 0 ? "Hundred" : MAGNITUDES[magnitude - 1]);
    if (parts[1].signum() > 0) {
      write(parts[1], true, ordinal, out);
    } else if (ordinal) {
      out.append("th");
    }
  }

  private static String small(int value, boolean ordinal) {
    if (value < FEW.length) {
      return ordinal ? ORDINALS[value] : FEW[value];
    }
    String tens = TENS[value / 10 - 2];
    if (value % 10 > 0) {
      return tens + "-" + small(value % 10, ordinal);
    }
    return ordinal ? tieth(tens) : tens;
  }

  /** The number that lower-case words stand for; null when one is not known. */
  static Double read(String text) {
    Deque<Double> parts = new ArrayDeque<>();
    parts.push(0.0);
    for (String word : text.split(",\\s|\\sand\\s|[\\s\\\\-]")) {
      Double value = VALUES.get(word);
      if (value == null) {
        return null;
      }
      if (value >= HUNDRED) {
        parts.push(parts.pop() * value);
      } else if (parts.peek() >= THOUSAND) {
        parts.push(value);
      } else {
        parts.push(parts.pop() + value);
      }
    }
    return parts.stream().mapToDouble(Double::doubleValue).sum();
  }
}
