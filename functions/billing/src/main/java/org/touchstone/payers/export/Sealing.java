package org.touchstone.payers.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.UsageFact;
import org.touchstone.domain.account.Account;

/**
 * Which facts go into an account's next sealed hour. An hour is sealed a few minutes after it has
 * ended. A fact that is recorded later, or whose hour is no longer accepted, goes into the next
 * hour that is still open: it is looked for two days back in every run, and 35 days back once a
 * day.
 */
public final class Sealing {
  /** From the end of an hour until it is sealed. */
  static final Duration GRACE = Duration.ofMinutes(5);

  /** An hour that would soon not be accepted any more is not begun. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final int DAYS_BACK = 2;
  private static final int DAYS_BACK_ONCE_A_DAY = 35;

  /** So that a sealed hour stays a small object. */
  private static final int MOST_FACTS = 100_000;

  /** Quantities of AWS Marketplace are of 31 bits. */
  private static final long MOST_UNITS = Integer.MAX_VALUE;

  private final Ledger ledger;
  private final ExportBooks books;

  public Sealing(Ledger ledger, ExportBooks books) {
    this.ledger = ledger;
    this.books = books;
  }

  /**
   * The state with the next sealed hour of an account that has none.
   *
   * @return empty when there is nothing to seal
   */
  Optional<ExportState> next(
      MeterExporter exporter,
      Account account,
      ExportState state,
      Instant now,
      ExportReport report) {
    Instant last = lastClosed(exporter, account, now);
    Instant first =
        state.lastHour() == null ? Instant.MIN : state.lastHour().plus(1, ChronoUnit.HOURS);
    if (first.isAfter(last)) {
      return Optional.empty();
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    boolean sweeps = !today.equals(state.sweptOn());
    List<UsageFact> facts =
        facts(exporter, account, today, sweeps ? DAYS_BACK_ONCE_A_DAY : DAYS_BACK, report);
    Optional<Instant> hour =
        facts.stream()
            .map(fact -> hour(fact.at()))
            .findFirst()
            .map(earliest -> latest(earliest, latest(first, oldest(exporter, now))))
            .filter(chosen -> !chosen.isAfter(last));
    if (hour.isEmpty()) {
      return sweeps ? Optional.of(state.swept(today)) : Optional.empty();
    }
    Instant end = hour.get().plus(1, ChronoUnit.HOURS);
    List<UsageFact> chosen =
        facts.stream().filter(fact -> fact.at().isBefore(end)).limit(MOST_FACTS).toList();
    SealedHour usage =
        SealedHour.of(
            hour.get(),
            account.payer(),
            chosen.stream().map(UsageFact::analysisId).toList(),
            chosen.stream().mapToLong(UsageFact::micros).reduce(0, Math::addExact),
            state.carry(),
            exporter.unitMicros(),
            MOST_UNITS);
    // More late facts may be left: only a look that finds nothing to seal ends the sweep.
    return Optional.of(state.with(usage));
  }

  /**
   * The latest hour that may be sealed. That of an account whose subscription has just ended is
   * sealed before its end: soon nothing more is accepted for it.
   */
  private static Instant lastClosed(MeterExporter exporter, Account account, Instant now) {
    boolean hurries =
        account.endedAt() != null
            && now.isBefore(account.endedAt().plus(exporter.acceptedAfterEnd()));
    return hurries ? hour(now) : hour(now.minus(GRACE)).minus(1, ChronoUnit.HOURS);
  }

  private static Instant oldest(MeterExporter exporter, Instant now) {
    return hour(now.minus(exporter.acceptedFor()).plus(MARGIN)).plus(1, ChronoUnit.HOURS);
  }

  /** The facts that are in no sealed hour, oldest first. */
  private List<UsageFact> facts(
      MeterExporter exporter, Account account, LocalDate today, int daysBack, ExportReport report) {
    Instant since = account.payer().since();
    LocalDate begin = LocalDate.ofInstant(since, ZoneOffset.UTC);
    LocalDate from = today.minusDays(daysBack);
    from = from.isBefore(begin) ? begin : from;
    Set<String> known =
        MeterExport.known(
            books.filedFrom(
                exporter.name(), account.id(), from.atStartOfDay(ZoneOffset.UTC).toInstant()));
    List<UsageFact> facts = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(today); day = day.plusDays(1)) {
      List<String> fresh =
          ledger.analyses(account.id(), day).stream().filter(id -> !known.contains(id)).toList();
      for (UsageFact fact : ledger.facts(account.id(), day, fresh)) {
        if (fact.at().isBefore(since)) {
          continue;
        }
        if (fact.micros() != 0 && !fact.currency().equals(exporter.currency())) {
          report.problem(
              "%s, account %s: analysis %s is priced in %s, not %s"
                  .formatted(
                      exporter.name(),
                      account.id(),
                      fact.analysisId(),
                      fact.currency(),
                      exporter.currency()));
          continue;
        }
        facts.add(fact);
      }
    }
    facts.sort(Comparator.comparing(UsageFact::at).thenComparing(UsageFact::analysisId));
    return facts;
  }

  private static Instant hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
