package org.touchstone.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** One of the caps that an account can have. */
public enum CapLimit {
  @JsonProperty("analyses-per-day")
  ANALYSES_PER_DAY,
  @JsonProperty("analyses-per-month")
  ANALYSES_PER_MONTH,
  @JsonProperty("micros-per-day")
  MICROS_PER_DAY,
  @JsonProperty("micros-per-month")
  MICROS_PER_MONTH;

  /** The account's cap; null when it does not have this one. */
  public Long of(Caps caps) {
    return switch (this) {
      case ANALYSES_PER_DAY -> caps.analysesPerDay();
      case ANALYSES_PER_MONTH -> caps.analysesPerMonth();
      case MICROS_PER_DAY -> caps.microsPerDay();
      case MICROS_PER_MONTH -> caps.microsPerMonth();
    };
  }

  /** Whether it limits money, in millionths of a currency, and not the number of analyses. */
  public boolean isMoney() {
    return this == MICROS_PER_DAY || this == MICROS_PER_MONTH;
  }

  /** Whether it is that of a day, and not of a month. */
  public boolean isDaily() {
    return this == ANALYSES_PER_DAY || this == MICROS_PER_DAY;
  }

  /** The first day of the period in which an instant lies, in UTC. */
  public LocalDate start(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return isDaily() ? day : day.withDayOfMonth(1);
  }

  /** The end of the period in which an instant lies. */
  public Instant end(Instant at) {
    LocalDate start = start(at);
    return (isDaily() ? start.plusDays(1) : start.plusMonths(1))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
