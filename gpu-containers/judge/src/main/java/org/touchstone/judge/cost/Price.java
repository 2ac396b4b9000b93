package org.touchstone.judge.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a language model costs. US dollars per million tokens are millionths of a dollar per token.
 *
 * @param usdPerMillionInput of prompts
 * @param usdPerMillionOutput of answers
 * @param usdMicrosPerMonth the most for a calendar month in UTC; null for no limit
 */
public record Price(
    BigDecimal usdPerMillionInput, BigDecimal usdPerMillionOutput, Long usdMicrosPerMonth) {

  /** The price of some tokens in millionths of a US dollar, rounded up. */
  public long usdMicros(Usage usage) {
    return usdPerMillionInput
        .multiply(BigDecimal.valueOf(usage.inputTokens()))
        .add(usdPerMillionOutput.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
