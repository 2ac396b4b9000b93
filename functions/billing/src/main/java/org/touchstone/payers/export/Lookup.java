package org.touchstone.payers.export;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.touchstone.domain.account.Account;
import org.touchstone.payers.export.ExportBooks.Held;
import org.touchstone.payers.export.SealedHour.Status;

/**
 * Looks up whether records that were accepted count: a service may refuse them later. The facts of
 * one that does not are sent again, in a later record.
 */
final class Lookup {
  /** How far back records are looked up. */
  private static final Duration BACK = Duration.ofDays(7);

  private final ExportBooks books;
  private final ExportReport report;

  Lookup(ExportBooks books, ExportReport report) {
    this.books = books;
    this.report = report;
  }

  void look(MeterExporter exporter, Account account, Instant now) {
    if (exporter.checkedAfter() == null) {
      return;
    }
    Instant from = now.minus(BACK).truncatedTo(ChronoUnit.HOURS);
    for (SealedHour usage : books.filedFrom(exporter.name(), account.id(), from)) {
      boolean isDue =
          usage.status() == Status.SENT
              && usage.quantity() > 0
              && !usage.triedAt().plus(exporter.checkedAfter()).isAfter(now);
      if (isDue) {
        look(exporter, account, usage);
      }
    }
  }

  /** Looks up the record of an hour that the service says it refused. */
  void look(MeterExporter exporter, Account account, Instant hour, String code) {
    books
        .filed(exporter.name(), account.id(), hour)
        .filter(usage -> usage.status() == Status.SENT && usage.quantity() > 0)
        .ifPresent(
            usage -> {
              report.problem(
                  "%s, account %s, hour %s: refused later: %s"
                      .formatted(exporter.name(), account.id(), hour, code));
              look(exporter, account, usage);
            });
  }

  private void look(MeterExporter exporter, Account account, SealedHour usage) {
    MeterRecord record = usage.record(account.id());
    String name = "%s, record %s".formatted(exporter.name(), record.identifier());
    switch (exporter.check(record)) {
      case COUNTS ->
          books.confirm(exporter.name(), account.id(), usage.ended(Status.CONFIRMED, usage.note()));
      case MISSING -> {
        report.problem(name + ": was accepted and does not count; its usage is sent again");
        Held held = books.read(exporter.name(), account.id());
        if (held.state().undone() == null && held.state().current() == null) {
          books.replace(exporter.name(), account.id(), held, held.state().undoing(usage));
        }
      }
      case OTHER -> {
        report.problem(name + ": what counts is another quantity than was sent");
        books.confirm(
            exporter.name(),
            account.id(),
            usage.ended(Status.UNCONFIRMED, "another quantity counts"));
      }
      case UNKNOWN -> {
        // The next run looks again.
      }
    }
  }
}
