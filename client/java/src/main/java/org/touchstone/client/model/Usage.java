package org.touchstone.client.model;

import java.time.LocalDate;
import java.util.List;

/**
 * What an account used and owes.
 *
 * @param from the first day, in UTC
 * @param to the last day
 * @param days the days on which something was billed
 * @param totals what is owed for them, by currency
 * @param caps how far the account's caps are used up now
 */
public record Usage(
    LocalDate from, LocalDate to, List<DayUsage> days, List<Total> totals, List<CapUse> caps) {
  public Usage {
    days = days == null ? List.of() : List.copyOf(days);
    totals = totals == null ? List.of() : List.copyOf(totals);
    caps = caps == null ? List.of() : List.copyOf(caps);
  }
}
