package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An account's book of a month, as it was read: what is added up already, and all entries. */
final class Book {
  private final MonthSum sum;
  private final Map<String, List<HeldEntry>> open = new LinkedHashMap<>();
  private final List<HeldEntry> done = new ArrayList<>();

  /**
   * @param entries listed before the sum was read, so that what was added up and removed in between
   *     is in the sum
   */
  Book(List<HeldEntry> entries, MonthSum sum) {
    this.sum = sum;
    Set<String> folded = new HashSet<>(sum.folded());
    for (HeldEntry entry : entries) {
      (folded.contains(entry.analysisId())
              ? done
              : open.computeIfAbsent(entry.day() + entry.analysisId(), id -> new ArrayList<>()))
          .add(entry);
    }
  }

  /** The entries that count, by analysis and day. */
  Collection<List<HeldEntry>> analyses() {
    return open.values();
  }

  /** Entries that are in the sum already. */
  List<HeldEntry> done() {
    return done;
  }

  /** The entry that holds: the final one; else the highest, since each was permitted. */
  static HeldEntry holding(List<HeldEntry> ofAnalysis) {
    HeldEntry holding = ofAnalysis.getFirst();
    for (HeldEntry entry : ofAnalysis) {
      if (entry.isFinal()) {
        return entry;
      }
      if (entry.micros() > holding.micros()) {
        holding = entry;
      }
    }
    return holding;
  }

  /** What counts against each cap in the periods of a day. */
  Map<CapLimit, Long> used(LocalDate day) {
    return used(day, null, null, null);
  }

  /**
   * What counts for certain: without what others have written just now and may withdraw.
   *
   * @param analysisId whose entries count in any case
   */
  Map<CapLimit, Long> certain(LocalDate day, String analysisId, Duration young, Instant now) {
    return used(day, analysisId, young, now);
  }

  private Map<CapLimit, Long> used(LocalDate day, String analysisId, Duration young, Instant now) {
    MonthSum.DaySum ofDay = sum.days().getOrDefault(day.getDayOfMonth(), MonthSum.DaySum.NOTHING);
    MonthSum.DaySum ofMonth = MonthSum.DaySum.NOTHING;
    for (MonthSum.DaySum each : sum.days().values()) {
      ofMonth = ofMonth.plus(each.analyses(), each.micros());
    }
    for (List<HeldEntry> entries : open.values()) {
      HeldEntry holding = holding(entries);
      boolean counts =
          young == null
              || holding.isFinal()
              || holding.analysisId().equals(analysisId)
              || !holding.isYoungerThan(young, now);
      if (counts) {
        ofMonth = ofMonth.plus(holding.analyses(), holding.micros());
        if (holding.day().equals(day)) {
          ofDay = ofDay.plus(holding.analyses(), holding.micros());
        }
      }
    }
    Map<CapLimit, Long> used = new EnumMap<>(CapLimit.class);
    used.put(CapLimit.ANALYSES_PER_DAY, ofDay.analyses());
    used.put(CapLimit.ANALYSES_PER_MONTH, ofMonth.analyses());
    used.put(CapLimit.MICROS_PER_DAY, ofDay.micros());
    used.put(CapLimit.MICROS_PER_MONTH, ofMonth.micros());
    return used;
  }

  /** The first cap that is exceeded. */
  static Optional<CapLimit> exceeded(Map<CapLimit, Long> used, Caps caps, boolean onlyMoney) {
    for (CapLimit limit : CapLimit.values()) {
      Long cap = limit.of(caps);
      if (cap != null && used.get(limit) > cap && (limit.isMoney() || !onlyMoney)) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }
}
