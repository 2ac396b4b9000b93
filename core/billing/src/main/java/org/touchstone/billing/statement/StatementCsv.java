package org.touchstone.billing.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.touchstone.billing.Money;
import org.touchstone.billing.statement.Statement.FreeLine;
import org.touchstone.billing.statement.Statement.LateLine;
import org.touchstone.billing.statement.Statement.Line;
import org.touchstone.billing.statement.Statement.Total;
import org.touchstone.domain.CsvCell;

/** A statement as CSV in UTF-8: a row for each line, free line, late analysis and total. */
public final class StatementCsv {
  private static final String END = "\r\n";
  private static final List<String> HEADER =
      List.of(
          "account",
          "name",
          "month",
          "status",
          "row",
          "kind",
          "unit",
          "price_version",
          "currency",
          "unit_price",
          "media",
          "units",
          "amount",
          "analysis",
          "ended_at");

  private StatementCsv() {}

  /** The whole file. */
  public static String of(Statement statement) {
    StringBuilder csv = new StringBuilder(row(HEADER));
    for (Line line : statement.lines()) {
      csv.append(
          row(
              statement,
              "charge",
              line.modality().code(),
              Names.of(line.unit()),
              line.priceVersion(),
              line.currency(),
              Money.decimal(line.unitMicros()),
              String.valueOf(line.media()),
              String.valueOf(line.units()),
              Money.decimal(line.micros()),
              "",
              ""));
    }
    for (FreeLine line : statement.free()) {
      csv.append(
          row(
              statement,
              "free: " + Names.of(line.reason()),
              line.modality().code(),
              "",
              "",
              "",
              "",
              String.valueOf(line.media()),
              "",
              "",
              "",
              ""));
    }
    for (LateLine line : statement.late()) {
      csv.append(
          row(
              statement,
              "late",
              "",
              "",
              "",
              line.currency(),
              "",
              "",
              "",
              Money.decimal(line.micros()),
              line.analysisId(),
              line.at().toString()));
    }
    for (Total total : statement.totals()) {
      csv.append(
          row(
              statement,
              "total",
              "",
              "",
              "",
              total.currency(),
              "",
              "",
              "",
              Money.decimal(total.micros()),
              "",
              ""));
    }
    return csv.toString();
  }

  private static String row(Statement statement, String... cells) {
    List<String> row = new ArrayList<>();
    row.add(statement.accountId());
    row.add(statement.accountName());
    row.add(statement.month());
    row.add(statement.isClosed() ? "closed" : "open");
    row.addAll(List.of(cells));
    return row(row);
  }

  private static String row(List<String> cells) {
    return cells.stream().map(CsvCell::of).collect(Collectors.joining(",")) + END;
  }
}
