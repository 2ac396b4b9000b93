package org.touchstone.client.model;

import java.time.LocalDate;
import java.util.List;

/**
 * What an account used in a day of UTC.
 *
 * @param day the day on which the analyses ended
 * @param analyses how many were billed
 * @param lines what was used, by kind of medium and price
 */
public record DayUsage(LocalDate day, Long analyses, List<UsageLine> lines) {
  public DayUsage {
    lines = lines == null ? List.of() : List.copyOf(lines);
  }
}
