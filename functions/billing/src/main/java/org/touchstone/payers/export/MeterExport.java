package org.touchstone.payers.export;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.touchstone.domain.account.Account;
import org.touchstone.payers.export.ExportBooks.Held;
import org.touchstone.payers.export.SealedHour.Status;
import org.touchstone.storage.AccountStore;

/**
 * Tells usage to whoever bills it: each fact once, however often this runs, however many runs there
 * are at once, and wherever one dies.
 *
 * <p>An account's facts of an hour are sealed and never change then; it is written down that a
 * sealed hour is about to be sent before it is sent, and what became of it afterwards. A run that
 * died in between has its successor send the same record again, which the service knows by its
 * customer and hour, or by its identifier. When the time for that has passed, a sealed hour that
 * was never sent, or certainly not accepted, gives its facts back for a later one; a sealed hour
 * whose outcome nobody knows is named and not sent again.
 *
 * <p>Units are rounded down; what is left over is carried to the next sealed hour.
 */
public final class MeterExport {
  /**
   * A sealed hour that was not accepted this long after its hour is a problem: well before 6 hours.
   */
  static final Duration LATE = Duration.ofHours(2);

  /** The hours of an outage that a run makes up for at once. */
  private static final int MAX_ROUNDS = 48;

  private static final Pattern IDENTIFIER =
      Pattern.compile("touchstone-(?<account>[A-Za-z0-9_-]{1,64})-(?<hour>\\d{1,12})");
  private static final Logger LOG = Logger.getLogger(MeterExport.class);

  private final AccountStore accounts;
  private final ExportBooks books;
  private final Sealing sealing;
  private final InstantSource clock;

  public MeterExport(
      AccountStore accounts, ExportBooks books, Sealing sealing, InstantSource clock) {
    this.accounts = accounts;
    this.books = books;
    this.sealing = sealing;
    this.clock = clock;
  }

  /** An hour that is about to be sent. */
  private record Attempt(Account account, Held held, SealedHour usage, boolean wasUncertain) {}

  /**
   * Exports what is due.
   *
   * @param until when to stop beginning more; the next run goes on
   */
  public ExportReport run(MeterExporter exporter, Instant until) {
    ExportReport report = new ExportReport();
    List<Account> left =
        accounts.all().stream()
            .filter(account -> account.payer() != null && exporter.serves(account.payer()))
            .toList();
    for (Account account : left) {
      guarded(report, account, () -> new Lookup(books, report).look(exporter, account, now()));
    }
    for (int round = 0; round < MAX_ROUNDS && !left.isEmpty(); round++) {
      if (now().isAfter(until)) {
        report.problem(exporter.name() + ": the time of a run was not enough for all accounts");
        return report;
      }
      left = round(exporter, left, report);
    }
    return report;
  }

  /** Sends one sealed hour of each account; returns the accounts that may have another. */
  private List<Account> round(MeterExporter exporter, List<Account> left, ExportReport report) {
    List<Attempt> attempts = new ArrayList<>();
    List<Account> more = new ArrayList<>();
    for (Account account : left) {
      guarded(
          report,
          account,
          () -> {
            Step step = advance(exporter, account, report);
            step.attempt().ifPresent(attempts::add);
            if (step.more()) {
              more.add(account);
            }
          });
    }
    List<Outcome> outcomes =
        attempts.isEmpty()
            ? List.of()
            : exporter.send(
                attempts.stream().map(a -> a.usage().record(a.account().id())).toList());
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      Outcome outcome = outcomes.get(i);
      guarded(
          report,
          attempt.account(),
          () -> {
            if (settle(exporter, attempt, outcome, report)) {
              more.add(attempt.account());
            }
          });
    }
    return more;
  }

  /**
   * What an account's next step is.
   *
   * @param attempt a sealed hour to send
   * @param more whether to look again in the next round
   */
  private record Step(Optional<Attempt> attempt, boolean more) {
    static final Step NOTHING = new Step(Optional.empty(), false);
    static final Step AGAIN = new Step(Optional.empty(), true);
  }

  private Step advance(MeterExporter exporter, Account account, ExportReport report) {
    Held held = books.read(exporter.name(), account.id());
    ExportState state = held.state();
    if (state.undone() != null) {
      return finishUndoing(exporter, account, held) ? Step.AGAIN : Step.NOTHING;
    }
    SealedHour usage = state.current();
    if (usage == null) {
      Optional<ExportState> next = sealing.next(exporter, account, state, now(), report);
      if (next.isEmpty()) {
        return Step.NOTHING;
      }
      return books.replace(exporter.name(), account.id(), held, next.get())
          ? Step.AGAIN
          : Step.NOTHING;
    }
    Optional<SealedHour> filed = books.filed(exporter.name(), account.id(), usage.hour());
    if (filed.isPresent()) {
      // A run died after the sealed hour had ended.
      return finish(exporter, account, held, filed.get()) ? Step.AGAIN : Step.NOTHING;
    }
    if (usage.quantity() == 0) {
      return finish(exporter, account, held, usage.ended(Status.SENT, "worth less than a unit"))
          ? Step.AGAIN
          : Step.NOTHING;
    }
    if (isTooOld(exporter, usage)) {
      return giveUp(exporter, account, held, report) ? Step.AGAIN : Step.NOTHING;
    }
    ExportState trying = state.with(usage.trying(now()));
    if (!books.replace(exporter.name(), account.id(), held, trying)) {
      return Step.NOTHING;
    }
    Held now = books.read(exporter.name(), account.id());
    if (!trying.equals(now.state())) {
      return Step.NOTHING;
    }
    // The attempt is told of the first one, not of itself.
    return new Step(Optional.of(new Attempt(account, now, usage, usage.uncertain())), false);
  }

  private boolean isTooOld(MeterExporter exporter, SealedHour usage) {
    Instant at = usage.record("").at();
    return !at.plus(exporter.acceptedFor()).isAfter(now());
  }

  /** Writes down what became of an attempt; says whether the account may have another hour. */
  private boolean settle(
      MeterExporter exporter, Attempt attempt, Outcome outcome, ExportReport report) {
    Account account = attempt.account();
    Held held = attempt.held();
    SealedHour usage = held.state().current();
    String name = name(exporter, account, usage);
    switch (outcome) {
      case Outcome.Accepted accepted -> {
        report.sent(usage.record(account.id()));
        return finish(exporter, account, held, usage.ended(Status.SENT, accepted.receipt()));
      }
      case Outcome.NotAccepted refused -> {
        warnIfLate(usage, name + " is not accepted: " + refused.reason(), report);
        certain(exporter, attempt);
        return false;
      }
      case Outcome.Unknown unknown -> {
        warnIfLate(usage, name + " has no answer: " + unknown.reason(), report);
        return false;
      }
      case Outcome.Expired expired -> {
        if (attempt.wasUncertain()) {
          return unconfirmed(exporter, account, held, report);
        }
        return release(exporter, account, held, "its time was no longer accepted");
      }
      case Outcome.PlaceTaken taken -> {
        report.problem(
            name
                + ": another record that is not ours has its hour; its usage goes into a later one");
        return release(exporter, account, held, "another record has its hour");
      }
      case Outcome.NotSubscribed ended -> {
        report.problem(name + ": the buyer has no subscription");
        if (account.endedAt() == null) {
          // The notice of it was lost: nothing more is analysed that nobody pays for.
          accounts.subscription(account.id(), true, now());
          certain(exporter, attempt);
          return false;
        }
        return finish(
            exporter, account, held, usage.ended(Status.REFUSED, "the subscription has ended"));
      }
      case Outcome.Contradictory other -> {
        report.problem(name + ": " + other.reason());
        return finish(exporter, account, held, usage.ended(Status.UNCONFIRMED, other.reason()));
      }
    }
  }

  /** After an attempt that certainly did not count, nobody knows only what nobody knew before. */
  private void certain(MeterExporter exporter, Attempt attempt) {
    if (!attempt.wasUncertain()) {
      ExportState state = attempt.held().state();
      books.replace(
          exporter.name(),
          attempt.account().id(),
          attempt.held(),
          state.with(state.current().uncertain(false)));
    }
  }

  private boolean giveUp(MeterExporter exporter, Account account, Held held, ExportReport report) {
    return held.state().current().uncertain()
        ? unconfirmed(exporter, account, held, report)
        : release(exporter, account, held, "it could not be sent in time");
  }

  private boolean unconfirmed(
      MeterExporter exporter, Account account, Held held, ExportReport report) {
    SealedHour usage = held.state().current();
    report.problem(
        name(exporter, account, usage)
            + ": nobody knows whether it was accepted, and it can no longer be sent");
    return finish(exporter, account, held, usage.ended(Status.UNCONFIRMED, "no answer in time"));
  }

  private boolean finish(MeterExporter exporter, Account account, Held held, SealedHour ended) {
    books.file(exporter.name(), account.id(), ended);
    return books.replace(exporter.name(), account.id(), held, held.state().finished(ended));
  }

  private boolean release(MeterExporter exporter, Account account, Held held, String why) {
    SealedHour usage = held.state().current();
    books.release(exporter.name(), account.id(), usage.ended(Status.REFUSED, why));
    return books.replace(exporter.name(), account.id(), held, held.state().released());
  }

  private boolean finishUndoing(MeterExporter exporter, Account account, Held held) {
    SealedHour usage = held.state().undone();
    books.release(exporter.name(), account.id(), usage);
    books.unfile(exporter.name(), account.id(), usage.hour());
    return books.replace(exporter.name(), account.id(), held, held.state().afterUndoing());
  }

  private void warnIfLate(SealedHour usage, String text, ExportReport report) {
    if (usage.hour().plus(1, ChronoUnit.HOURS).plus(LATE).isBefore(now())) {
      report.problem(text);
    }
  }

  private static String name(MeterExporter exporter, Account account, SealedHour usage) {
    return "%s, account %s, hour %s, %d units"
        .formatted(exporter.name(), account.id(), usage.hour(), usage.quantity());
  }

  /** One account's fault keeps no other account's usage from being told. */
  private static void guarded(ExportReport report, Account account, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      report.problem(
          "account %s: %s: %s"
              .formatted(account.id(), e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  private Instant now() {
    return clock.instant();
  }

  /**
   * Heeds that a service refused a record after it had accepted it: unless the record counts after
   * all, its facts are sent again.
   *
   * @param identifier of the record; one that is not ours is ignored
   * @param code why, as the service says
   */
  public void refused(MeterExporter exporter, String identifier, String code) {
    Matcher parts = IDENTIFIER.matcher(identifier);
    if (!parts.matches()) {
      return;
    }
    accounts
        .find(parts.group("account"))
        .ifPresent(
            account -> {
              Instant hour = Instant.ofEpochSecond(Long.parseLong(parts.group("hour")));
              ExportReport report = new ExportReport();
              new Lookup(books, report).look(exporter, account, hour, code);
              report.problems().forEach(LOG::error);
            });
  }

  /** The analyses whose facts filed hours hold. */
  static Set<String> known(List<SealedHour> filed) {
    Set<String> known = new HashSet<>();
    filed.forEach(usage -> known.addAll(usage.facts()));
    return known;
  }
}
