package org.touchstone.billing.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.UsageFact;
import org.touchstone.billing.statement.Statement.LateLine;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;

/**
 * The monthly statements. A month is closed a day after it has ended, when its statement is first
 * asked for: it is stored once and never changes. A fact that is recorded after that is named in
 * the next month's statement and owed there. Days that have ended are added up once.
 *
 * <p>Stored below {@code billing/{accountId}/}: {@code statement-days/{yyyy-MM-dd}.json} and {@code
 * statements/{yyyy-MM}.json}.
 */
public final class Statements {
  /** From the end of a day or a month until it is added up. */
  static final Duration GRACE = Duration.ofDays(1);

  private static final int FACTS_AT_ONCE = 1000;
  private static final int RETRY_SECONDS = 2;
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final Ledger ledger;
  private final InstantSource clock;

  public Statements(ObjectStore objects, Ledger ledger, InstantSource clock) {
    this.objects = objects;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A month of an account and whether its statement is closed.
   *
   * @param month such as {@code 2026-11}
   * @param closed whether it is stored and never changes
   */
  public record Month(String month, boolean closed) {}

  /** The months of an account that have a statement, newest first. */
  public List<Month> months(Account account) {
    Set<String> stored = new HashSet<>(objects.list(folder(account.id()) + "statements/"));
    YearMonth first = first(account);
    List<Month> months = new ArrayList<>();
    for (YearMonth month = month(clock.instant());
        !month.isBefore(first);
        month = month.minusMonths(1)) {
      months.add(new Month(month.toString(), stored.contains(key(account.id(), month))));
    }
    return months;
  }

  /**
   * The statement of a month. That of a month which has ended a day ago is closed now, if it is not
   * yet.
   *
   * @param longest when this is not enough, what was done so far is kept for the next call
   * @return empty for a month before the account's first and for one that is to come
   * @throws ProblemException when the time was not enough
   */
  public Optional<Statement> find(Account account, YearMonth month, Duration longest) {
    Instant now = clock.instant();
    if (month.isBefore(first(account)) || month.isAfter(month(now))) {
      return Optional.empty();
    }
    Optional<Closed> closed = stored(account.id(), month);
    if (closed.isPresent()) {
      return closed.map(Closed::statement);
    }
    return Optional.of(new Making(account, now, now.plus(longest)).statement(month));
  }

  private YearMonth first(Account account) {
    YearMonth opened = month(account.createdAt());
    // What was used before there were accounts is older than they are.
    return ledger
        .firstDay(account.id())
        .map(YearMonth::from)
        .filter(used -> used.isBefore(opened))
        .orElse(opened);
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atZone(ZoneOffset.UTC));
  }

  private static boolean isOver(LocalDate last, Instant now) {
    Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return !now.isBefore(end.plus(GRACE));
  }

  private Optional<Closed> stored(String accountId, YearMonth month) {
    return objects
        .read(key(accountId, month))
        .map(object -> Json.read(object.body(), Closed.class));
  }

  private Optional<Day> stored(String accountId, LocalDate day) {
    return objects.read(key(accountId, day)).map(object -> Json.read(object.body(), Day.class));
  }

  private static String key(String accountId, YearMonth month) {
    return folder(accountId) + "statements/" + month + ".json";
  }

  private static String key(String accountId, LocalDate day) {
    return folder(accountId) + "statement-days/" + day + ".json";
  }

  private static String folder(String accountId) {
    return "billing/" + accountId + "/";
  }

  /** The making of statements of one account. */
  private final class Making {
    private final Account account;
    private final Instant now;
    private final Instant until;

    private Making(Account account, Instant now, Instant until) {
      this.account = account;
      this.now = now;
      this.until = until;
    }

    /** Closes all months before it that can be closed, because each names what others missed. */
    private Statement statement(YearMonth month) {
      YearMonth open = month;
      YearMonth first = first(account);
      while (open.isAfter(first) && stored(account.id(), open.minusMonths(1)).isEmpty()) {
        open = open.minusMonths(1);
      }
      while (open.isBefore(month)) {
        if (isOver(open.atEndOfMonth(), now)) {
          close(open);
        }
        open = open.plusMonths(1);
      }
      return isOver(month.atEndOfMonth(), now) ? close(month) : made(month, null).statement();
    }

    private Statement close(YearMonth month) {
      Closed closed = made(month, now);
      String key = key(account.id(), month);
      return objects.createIfAbsent(key, Json.bytes(closed), JSON)
          ? closed.statement()
          : stored(account.id(), month)
              .orElseThrow(() -> new NoSuchObjectException(key))
              .statement();
    }

    private Closed made(YearMonth month, Instant closedAt) {
      Summary summary = new Summary();
      Map<LocalDate, List<String>> added = new LinkedHashMap<>();
      ledger
          .analyses(account.id(), month)
          .forEach(
              (day, ids) -> {
                Day sum = day(day, ids);
                summary.add(sum);
                List<String> more = without(ids, sum.analyses());
                facts(day, more).forEach(summary::add);
                if (!more.isEmpty()) {
                  added.put(day, more);
                }
              });
      List<LateLine> late = new ArrayList<>();
      YearMonth before = month.minusMonths(1);
      stored(account.id(), before).ifPresent(closed -> late(before, closed, added, late));
      return new Closed(
          new Statement(
              account.id(),
              account.name(),
              month.toString(),
              closedAt,
              now,
              summary.analyses() + late.size(),
              summary.lines(),
              summary.free(),
              late,
              summary.totals(late)),
          added);
    }

    /** What the closed statement of the month before does not cover. */
    private void late(
        YearMonth month, Closed closed, Map<LocalDate, List<String>> added, List<LateLine> late) {
      SortedMap<LocalDate, List<String>> recorded = ledger.analyses(account.id(), month);
      recorded.forEach(
          (day, ids) -> {
            List<String> missed =
                without(
                    without(ids, closed.added(day)),
                    stored(account.id(), day).map(Day::analyses).orElse(List.of()));
            for (UsageFact fact : facts(day, missed)) {
              late.add(new LateLine(fact.analysisId(), fact.at(), fact.currency(), fact.micros()));
            }
            if (!missed.isEmpty()) {
              added.put(day, missed);
            }
          });
    }

    /** The sum of a day, stored if the day is over. */
    private Day day(LocalDate day, List<String> ids) {
      boolean over = isOver(day, now);
      if (over) {
        Optional<Day> stored = stored(account.id(), day);
        if (stored.isPresent()) {
          return stored.get();
        }
      }
      Summary summary = new Summary();
      facts(day, ids).forEach(summary::add);
      Day sum = new Day(ids, summary.lines(), summary.free());
      String key = key(account.id(), day);
      return !over || objects.createIfAbsent(key, Json.bytes(sum), JSON)
          ? sum
          : stored(account.id(), day).orElseThrow(() -> new NoSuchObjectException(key));
    }

    private List<UsageFact> facts(LocalDate day, List<String> ids) {
      List<UsageFact> facts = new ArrayList<>();
      for (int i = 0; i < ids.size(); i += FACTS_AT_ONCE) {
        if (clock.instant().isAfter(until)) {
          throw new ProblemException(
              new Problem(ProblemType.STATEMENT_NOT_READY, null, RETRY_SECONDS));
        }
        facts.addAll(
            ledger.facts(
                account.id(), day, ids.subList(i, Math.min(ids.size(), i + FACTS_AT_ONCE))));
      }
      return facts;
    }

    private static List<String> without(List<String> ids, List<String> known) {
      Set<String> rest = new HashSet<>(known);
      return ids.stream().filter(id -> !rest.contains(id)).toList();
    }
  }
}
