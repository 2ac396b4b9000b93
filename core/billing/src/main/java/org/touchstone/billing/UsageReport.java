package org.touchstone.billing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectStore;

/**
 * Adds up the ledger by day. The sum of a day is stored with the analyses that are in it, so that
 * another report reads only the facts that came later: facts never change.
 */
public final class UsageReport {
  private static final int AT_ONCE = 500;

  private final ObjectStore objects;
  private final Ledger ledger;

  public UsageReport(ObjectStore objects, Ledger ledger) {
    this.objects = objects;
    this.ledger = ledger;
  }

  /**
   * A day's sum as it is stored.
   *
   * @param analyses the ids of the analyses in it
   */
  record StoredDay(List<String> analyses, List<UsageLine> lines) {
    StoredDay {
      analyses = analyses == null ? List.of() : List.copyOf(analyses);
      lines = lines == null ? List.of() : List.copyOf(lines);
    }
  }

  /** The most facts that a report still has to read. */
  public static final class Allowance {
    private int left;

    public Allowance(int facts) {
      this.left = facts;
    }
  }

  /**
   * What an account used in a day.
   *
   * @param allowance how many facts may be read; used up by several calls together
   * @return empty when the allowance does not suffice; what was read is kept, so that the next
   *     report goes on there
   */
  public Optional<DayUsage> day(String accountId, LocalDate day, Allowance allowance) {
    String key = BillingKeys.sumOfDay(accountId, day);
    StoredDay sum =
        objects
            .read(key)
            .map(object -> Json.read(object.body(), StoredDay.class))
            .orElse(new StoredDay(null, null));
    Set<String> known = new HashSet<>(sum.analyses());
    List<String> fresh =
        ledger.analyses(accountId, day).stream().filter(id -> !known.contains(id)).toList();
    int may = Math.min(fresh.size(), allowance.left);
    for (int from = 0; from < may; from += AT_ONCE) {
      List<String> some = fresh.subList(from, Math.min(may, from + AT_ONCE));
      sum = plus(sum, ledger.facts(accountId, day, some));
    }
    allowance.left -= may;
    if (may > 0) {
      objects.put(key, Json.bytes(sum), "application/json");
    }
    return may == fresh.size()
        ? Optional.of(new DayUsage(day, sum.analyses().size(), sum.lines()))
        : Optional.empty();
  }

  private static StoredDay plus(StoredDay sum, List<UsageFact> facts) {
    List<String> analyses = new ArrayList<>(sum.analyses());
    List<UsageLine> lines = new ArrayList<>(sum.lines());
    for (UsageFact fact : facts) {
      analyses.add(fact.analysisId());
      fact.media().forEach(medium -> add(lines, UsageLine.of(fact, medium)));
    }
    return new StoredDay(analyses, lines);
  }

  private static void add(List<UsageLine> lines, UsageLine more) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(more)) {
        lines.set(i, lines.get(i).plus(more));
        return;
      }
    }
    lines.add(more);
  }
}
