package org.touchstone.billing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account has used in a month, as far as it was added up.
 *
 * @param days the days' sums, by day of the month
 * @param folded the analyses that were added last; entries of theirs that are still there count no
 *     more
 */
record MonthSum(Map<Integer, DaySum> days, List<String> folded) {
  static final MonthSum NOTHING = new MonthSum(null, null);

  MonthSum {
    days = days == null ? Map.of() : Map.copyOf(days);
    folded = folded == null ? List.of() : List.copyOf(folded);
  }

  /** What an account has used in a day. */
  record DaySum(long analyses, long micros) {
    static final DaySum NOTHING = new DaySum(0, 0);

    DaySum plus(long moreAnalyses, long moreMicros) {
      return new DaySum(Math.addExact(analyses, moreAnalyses), Math.addExact(micros, moreMicros));
    }
  }

  /** With these final entries added. */
  MonthSum plus(List<HeldEntry> ended) {
    Map<Integer, DaySum> sums = new TreeMap<>(days);
    for (HeldEntry entry : ended) {
      sums.merge(
          entry.day().getDayOfMonth(),
          new DaySum(entry.analyses(), entry.micros()),
          (a, b) -> a.plus(b.analyses(), b.micros()));
    }
    return new MonthSum(sums, ended.stream().map(HeldEntry::analysisId).toList());
  }
}
