package org.touchstone.infra.config;

import java.util.Map;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Retention of logs: CloudWatch accepts only these numbers of days. */
public final class LogRetention {
  static final Map<Integer, RetentionDays> BY_DAYS =
      Map.ofEntries(
          Map.entry(1, RetentionDays.ONE_DAY),
          Map.entry(3, RetentionDays.THREE_DAYS),
          Map.entry(7, RetentionDays.ONE_WEEK),
          Map.entry(14, RetentionDays.TWO_WEEKS),
          Map.entry(30, RetentionDays.ONE_MONTH),
          Map.entry(60, RetentionDays.TWO_MONTHS),
          Map.entry(90, RetentionDays.THREE_MONTHS),
          Map.entry(180, RetentionDays.SIX_MONTHS),
          Map.entry(365, RetentionDays.ONE_YEAR),
          Map.entry(731, RetentionDays.TWO_YEARS),
          Map.entry(1827, RetentionDays.FIVE_YEARS));

  private LogRetention() {}

  /** CloudWatch's name for a number of days that {@link ConfigReader} accepted. */
  public static RetentionDays of(int days) {
    return BY_DAYS.get(days);
  }
}
