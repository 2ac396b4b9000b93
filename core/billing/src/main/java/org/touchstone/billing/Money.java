package org.touchstone.billing;

import java.math.BigDecimal;

/** Amounts of money: whole millionths of a currency, never floating-point numbers. */
public final class Money {
  private static final int DIGITS = 6;

  private Money() {}

  /** An amount for people, such as {@code 1.25 USD}; exact, and the same in every language. */
  public static String text(long micros, String currency) {
    return decimal(micros) + " " + currency;
  }

  /** An amount as a decimal number, such as {@code 1.25}; exact. */
  public static String decimal(long micros) {
    BigDecimal amount = BigDecimal.valueOf(micros, DIGITS).stripTrailingZeros();
    return amount.scale() < 0 ? amount.setScale(0).toPlainString() : amount.toPlainString();
  }
}
