package org.touchstone.billing.statement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Unit;
import org.touchstone.billing.UsageFact;
import org.touchstone.billing.statement.Statement.FreeLine;
import org.touchstone.billing.statement.Statement.LateLine;
import org.touchstone.billing.statement.Statement.Line;
import org.touchstone.billing.statement.Statement.Total;
import org.touchstone.domain.Modality;

/** Adds usage up. */
final class Summary {
  private final Map<Price, Line> lines = new LinkedHashMap<>();
  private final Map<Reason, FreeLine> free = new LinkedHashMap<>();
  private long analyses;

  private record Price(Modality modality, String version, String currency, long unitMicros) {}

  private record Reason(Modality modality, BilledMedium.Free reason) {}

  void add(UsageFact fact) {
    analyses++;
    for (BilledMedium medium : fact.media()) {
      if (medium.free() != null) {
        add(new FreeLine(medium.modality(), medium.free(), 1));
      } else {
        add(
            new Line(
                medium.modality(),
                medium.unit(),
                fact.priceVersion(),
                fact.currency(),
                medium.unitMicros(),
                1,
                medium.units(),
                medium.micros()));
      }
    }
  }

  void add(Day day) {
    analyses += day.analyses().size();
    day.lines().forEach(this::add);
    day.free().forEach(this::add);
  }

  private void add(Line line) {
    lines.merge(
        new Price(line.modality(), line.priceVersion(), line.currency(), line.unitMicros()),
        line,
        (one, other) ->
            new Line(
                one.modality(),
                Unit.of(one.modality()),
                one.priceVersion(),
                one.currency(),
                one.unitMicros(),
                one.media() + other.media(),
                one.units() + other.units(),
                Math.addExact(one.micros(), other.micros())));
  }

  private void add(FreeLine line) {
    free.merge(
        new Reason(line.modality(), line.reason()),
        line,
        (one, other) -> new FreeLine(one.modality(), one.reason(), one.media() + other.media()));
  }

  long analyses() {
    return analyses;
  }

  List<Line> lines() {
    List<Line> sorted = new ArrayList<>(lines.values());
    sorted.sort(
        Comparator.comparing(Line::modality)
            .thenComparing(Line::priceVersion)
            .thenComparing(Line::currency)
            .thenComparingLong(Line::unitMicros));
    return sorted;
  }

  List<FreeLine> free() {
    List<FreeLine> sorted = new ArrayList<>(free.values());
    sorted.sort(Comparator.comparing(FreeLine::modality).thenComparing(FreeLine::reason));
    return sorted;
  }

  /** The sums of the lines and of what came late. */
  List<Total> totals(List<LateLine> late) {
    Map<String, Long> sums = new TreeMap<>();
    lines.values().forEach(line -> sums.merge(line.currency(), line.micros(), Math::addExact));
    late.forEach(line -> sums.merge(line.currency(), line.micros(), Math::addExact));
    return sums.entrySet().stream().map(sum -> new Total(sum.getKey(), sum.getValue())).toList();
  }
}
