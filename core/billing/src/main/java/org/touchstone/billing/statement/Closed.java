package org.touchstone.billing.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A closed statement as it is stored.
 *
 * @param statement what it says
 * @param added analyses that it covers besides those of the days' sums, by the day on which they
 *     ended: they were recorded after that day had been added up
 * @param covered of how many parts of each day; absent in statements of earlier versions, which
 *     cover the only part of each day
 */
record Closed(
    Statement statement, Map<LocalDate, List<String>> added, Map<LocalDate, Integer> covered) {
  Closed {
    added = Map.copyOf(added);
    covered = covered == null ? null : Map.copyOf(covered);
  }

  /**
   * How many parts of a day it covers.
   *
   * @param there how many the day has
   */
  int parts(LocalDate day, int there) {
    return covered == null ? Math.min(there, 1) : covered.getOrDefault(day, 0);
  }

  List<String> added(LocalDate day) {
    return added.getOrDefault(day, List.of());
  }
}
