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
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.touchstone.storage.Parallel;

/**
 * The monthly statements. A month is closed a day after it has ended, when its statement is first
 * asked for: it is stored once and never changes. A fact that is recorded after that is named in
 * the next month's statement and owed there.
 *
 * <p>Days are added up in parts ({@link DayParts}), each once. So a statement of any size is made,
 * if not by one call then by several: each keeps the parts that it had time for. A call has the ids
 * of at most four days in memory.
 *
 * <p>Stored below {@code billing/{accountId}/}: the parts, and {@code statements/{yyyy-MM}.json}.
 */
public final class Statements {
  /** From the end of a day or a month until it is added up. */
  static final Duration GRACE = Duration.ofDays(1);

  private static final int FACTS_AT_ONCE = 1000;

  /** Facts of a part of a day: read in a few seconds. */
  private static final int PART = 2000;

  /** So many facts that came after their day was added up are a part of their own. */
  private static final int LATE_PART = 100;

  private static final int DAYS_AT_ONCE = 4;
  private static final int RETRY_SECONDS = 2;
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final Ledger ledger;
  private final InstantSource clock;
  private final int part;

  public Statements(ObjectStore objects, Ledger ledger, InstantSource clock) {
    this(objects, ledger, clock, PART);
  }

  /**
   * @param part facts of a part of a day
   */
  Statements(ObjectStore objects, Ledger ledger, InstantSource clock, int part) {
    this.objects = objects;
    this.ledger = ledger;
    this.clock = clock;
    this.part = part;
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

  private static String key(String accountId, YearMonth month) {
    return folder(accountId) + "statements/" + month + ".json";
  }

  private static String folder(String accountId) {
    return "billing/" + accountId + "/";
  }

  /**
   * What is known of a day.
   *
   * @param parts the parts that are added up
   * @param rest the analyses that are in none of them
   */
  private record Seen(LocalDate day, List<Day> parts, List<String> rest) {}

  /** The making of statements of one account. */
  private final class Making {
    private final Account account;
    private final Instant now;
    private final Instant until;
    private final DayParts parts;

    private Making(Account account, Instant now, Instant until) {
      this.account = account;
      this.now = now;
      this.until = until;
      this.parts = new DayParts(objects, account.id());
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
      Map<LocalDate, Integer> covered = new LinkedHashMap<>();
      Map<LocalDate, Integer> counts = parts.counts(month);
      eachDay(
          month,
          day -> look(day, counts.getOrDefault(day, 0)),
          seen -> {
            Seen known = seen;
            while (isPart(known)) {
              known = store(known);
            }
            known.parts().forEach(summary::add);
            facts(known.day(), known.rest()).forEach(summary::add);
            covered.put(known.day(), known.parts().size());
            if (!known.rest().isEmpty()) {
              added.put(known.day(), known.rest());
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
          added,
          covered);
    }

    /** What the closed statement of the month before does not cover. */
    private void late(
        YearMonth month, Closed closed, Map<LocalDate, List<String>> added, List<LateLine> late) {
      Map<LocalDate, Integer> counts = parts.counts(month);
      eachDay(
          month,
          day -> look(day, closed.parts(day, counts.getOrDefault(day, 0))),
          seen -> {
            List<String> missed = without(seen.rest(), closed.added(seen.day()));
            for (UsageFact fact : facts(seen.day(), missed)) {
              late.add(new LateLine(fact.analysisId(), fact.at(), fact.currency(), fact.micros()));
            }
            if (!missed.isEmpty()) {
              added.put(seen.day(), missed);
            }
          });
    }

    /** Looks at the days of a month that have facts, some at once, and works on them in order. */
    private void eachDay(YearMonth month, Function<LocalDate, Seen> look, Consumer<Seen> work) {
      List<LocalDate> days = ledger.days(account.id(), month);
      for (int i = 0; i < days.size(); i += DAYS_AT_ONCE) {
        Parallel.map(days.subList(i, Math.min(days.size(), i + DAYS_AT_ONCE)), look).forEach(work);
      }
    }

    /** What is known of a day, of which so many parts count. */
    private Seen look(LocalDate day, int count) {
      requireTime();
      List<Day> stored = parts.read(day, count);
      List<String> known = stored.stream().flatMap(each -> each.analyses().stream()).toList();
      return new Seen(day, stored, without(ledger.analyses(account.id(), day), known));
    }

    /** Whether the next part of a day can be added up. */
    private boolean isPart(Seen seen) {
      int rest = seen.rest().size();
      boolean isFirstOfItsDay = seen.parts().isEmpty() && rest > 0;
      return rest >= part || isOver(seen.day(), now) && (isFirstOfItsDay || rest >= LATE_PART);
    }

    /** Adds up and stores the next part of a day, unless somebody else did. */
    private Seen store(Seen seen) {
      int size = Math.min(part, seen.rest().size());
      List<String> ids = seen.rest().subList(0, size);
      Summary sum = new Summary();
      facts(seen.day(), ids).forEach(sum::add);
      Day next = new Day(ids, sum.lines(), sum.free());
      if (!parts.add(seen.day(), seen.parts().size(), next)) {
        return look(seen.day(), parts.count(seen.day()));
      }
      List<Day> all = new ArrayList<>(seen.parts());
      all.add(next);
      return new Seen(seen.day(), all, seen.rest().subList(size, seen.rest().size()));
    }

    private List<UsageFact> facts(LocalDate day, List<String> ids) {
      List<UsageFact> facts = new ArrayList<>();
      for (int i = 0; i < ids.size(); i += FACTS_AT_ONCE) {
        requireTime();
        facts.addAll(
            ledger.facts(
                account.id(), day, ids.subList(i, Math.min(ids.size(), i + FACTS_AT_ONCE))));
      }
      return facts;
    }

    private void requireTime() {
      if (clock.instant().isAfter(until)) {
        throw new ProblemException(
            new Problem(ProblemType.STATEMENT_NOT_READY, null, RETRY_SECONDS));
      }
    }

    private static List<String> without(List<String> ids, List<String> known) {
      Set<String> rest = new HashSet<>(known);
      return ids.stream().filter(id -> !rest.contains(id)).toList();
    }
  }
}
