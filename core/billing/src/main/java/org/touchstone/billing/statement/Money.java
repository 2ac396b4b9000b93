package org.touchstone.billing.statement;

import java.math.BigDecimal;

/** Millionths of a currency as people write them. */
final class Money {
  private static final int DECIMALS = 6;

  /** Two decimals at least, and as many as the amount has. */
  private static final int LEAST_DECIMALS = 2;

  private Money() {}

  /** Such as {@code 0.012345} or {@code 12.50}. */
  static String text(long micros) {
    BigDecimal amount = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
    return amount.setScale(Math.max(LEAST_DECIMALS, amount.scale())).toPlainString();
  }
}
