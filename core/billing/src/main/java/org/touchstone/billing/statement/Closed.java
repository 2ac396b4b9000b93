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
 */
record Closed(Statement statement, Map<LocalDate, List<String>> added) {
  Closed {
    added = Map.copyOf(added);
  }

  List<String> added(LocalDate day) {
    return added.getOrDefault(day, List.of());
  }
}
