package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.touchstone.billing.HeldEntry.Step;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectInfo;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredObject;

/**
 * Holds accounts to their caps, however many instances accept analyses at once and wherever one of
 * them dies.
 *
 * <p>Nobody changes a shared counter. Who wants to use something first writes an entry for it, then
 * lists all entries of the month, and withdraws its own if a cap is exceeded. S3 lists every object
 * whose writing was answered. So of any entries that stay, the one written last was listed together
 * with all others, and within the cap. The price of it is that several who ask at once for the last
 * of a cap may all withdraw; they try again after different pauses. An entry whose writer died
 * counts until {@link ReservationSweep} removes it.
 *
 * <p>Entries of analyses that ended are added up in one object now and then and removed, see {@link
 * #fold}; so a listing has those under way, and those that ended a short while ago.
 */
public final class CapCounter {
  /** How long after an analysis' end its entries stay; no request works on one for as long. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** How long it may take to write an entry, list all and withdraw it again. */
  private static final Duration YOUNG = Duration.ofSeconds(5);

  private static final int MAX_TRIES = 6;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int MAX_FOLDED = 500;

  /** One in so many ended analyses adds up what can be added up. */
  private static final int FOLD_ONE_IN = 64;

  private static final byte[] EMPTY = new byte[0];
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final InstantSource clock;

  public CapCounter(ObjectStore objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** The result of asking for something. */
  public sealed interface Hold {
    /**
     * What counts against each cap now.
     *
     * @return with what was asked for if it is held, without it if it is refused
     */
    Map<CapLimit, Long> used();
  }

  /**
   * It is held for the analysis.
   *
   * @param key the entry that holds it; absent when an earlier one holds enough
   */
  public record Held(Map<CapLimit, Long> used, String key) implements Hold {}

  /**
   * It would exceed a cap; nothing is held that was not held before.
   *
   * @param limit the cap
   */
  public record Refused(Map<CapLimit, Long> used, CapLimit limit) implements Hold {}

  /**
   * Holds the place and the least price of an analysis that is about to be accepted. Calls for one
   * analysis count once.
   *
   * @param acceptedAt the instant of acceptance, which decides the day and the month
   */
  public Hold reserve(
      String accountId, String analysisId, Instant acceptedAt, long micros, Caps caps) {
    return hold(accountId, analysisId, acceptedAt, Step.RESERVED, micros, caps);
  }

  /**
   * Holds the price of an analysis whose media are known; does nothing for one that was accepted
   * with as much, or with nothing because its account did not have caps. What another try has
   * raised it to does not suffice: that try may be about to withdraw it.
   */
  public Hold raise(AnalysisRequest request, long micros, Caps caps) {
    List<HeldEntry> own = entries(request);
    boolean suffices =
        own.stream()
            .filter(entry -> entry.step() == Step.RESERVED)
            .allMatch(entry -> entry.micros() >= micros);
    if (own.isEmpty() || suffices) {
      return new Held(Map.of(), null);
    }
    return hold(request.accountId(), request.id(), request.createdAt(), Step.RAISED, micros, caps);
  }

  private Hold hold(
      String accountId, String analysisId, Instant at, Step step, long micros, Caps caps) {
    LocalDate day = HeldEntry.dayOf(at);
    boolean onlyMoney = step == Step.RAISED;
    for (int attempt = 1; ; attempt++) {
      Instant now = clock.instant();
      HeldEntry entry = HeldEntry.open(accountId, analysisId, day, step, micros, now, mark());
      Book book;
      Optional<CapLimit> exceeded;
      try {
        objects.put(entry.key(), EMPTY, TEXT);
        book = book(accountId, YearMonth.from(day));
        exceeded = Book.exceeded(book.used(day), caps, onlyMoney);
      } catch (RuntimeException e) {
        withdrawAfter(e, entry.key());
        throw e;
      }
      if (exceeded.isEmpty()) {
        return new Held(book.used(day), entry.key());
      }
      withdraw(entry.key());
      Optional<CapLimit> certain =
          Book.exceeded(book.certain(day, analysisId, YOUNG, now), caps, onlyMoney);
      if (certain.isPresent() || attempt == MAX_TRIES) {
        return new Refused(book.used(day), certain.orElse(exceeded.get()));
      }
      pause(attempt);
    }
  }

  /** Gives back what a call of {@link #reserve} holds, for an analysis that is not accepted. */
  public void withdraw(String key) {
    objects.delete(key);
  }

  private void withdrawAfter(RuntimeException failure, String key) {
    try {
      objects.delete(key);
    } catch (RuntimeException e) {
      // It counts until the sweep.
      failure.addSuppressed(e);
    }
  }

  /**
   * Replaces what an analysis holds by what it really used. The first call's figures stay. One that
   * holds nothing counts only when it ended a short while ago, after the count began: what ended
   * before is in the count's start, and of one that ended longer ago the entries may be added up.
   *
   * @param analyses 1; or 0 for one that failed, which does not count
   * @param endedAt the end, as its stored outcome says
   * @param counted since when the account's usage is counted
   */
  public void settle(
      AnalysisRequest request,
      int analyses,
      long micros,
      Instant endedAt,
      CapStore.CountedCaps counted) {
    List<HeldEntry> own = entries(request);
    boolean isOpen =
        own.isEmpty()
            ? counted.mayHaveMissed(request.createdAt())
                && !endedAt.isBefore(counted.since())
                && endedAt.isAfter(clock.instant().minus(KEPT))
            : own.stream().noneMatch(HeldEntry::isFinal);
    LocalDate day = HeldEntry.dayOf(request.createdAt());
    if (isOpen) {
      HeldEntry last =
          HeldEntry.last(request.accountId(), request.id(), day, analyses, micros, endedAt);
      objects.put(last.key(), EMPTY, TEXT);
    }
    if (Math.floorMod(request.id().hashCode(), FOLD_ONE_IN) == 0) {
      fold(request.accountId(), YearMonth.from(day));
    }
  }

  /** What counts against each cap in the periods of an instant. */
  public Map<CapLimit, Long> used(String accountId, Instant at) {
    LocalDate day = HeldEntry.dayOf(at);
    return book(accountId, YearMonth.from(day)).used(day);
  }

  /**
   * Adds up what ended a while ago, and removes its entries. May die anywhere, and run anywhere at
   * the same time: the sum names whom it has just taken in, and their entries do not count.
   */
  void fold(String accountId, YearMonth month) {
    String key = BillingKeys.sum(accountId, month);
    Optional<StoredObject> stored = objects.read(key);
    MonthSum before = stored.map(CapCounter::sum).orElse(MonthSum.NOTHING);
    Book book = new Book(entries(accountId, month), before);
    List<List<HeldEntry>> ended =
        book.analyses().stream()
            .filter(entries -> Book.holding(entries).isFinal())
            .filter(entries -> !Book.holding(entries).isYoungerThan(KEPT, clock.instant()))
            .limit(MAX_FOLDED)
            .toList();
    // Those of the sum before: the next sum does not name them any more.
    objects.deleteAll(book.done().stream().map(HeldEntry::key).toList());
    if (ended.isEmpty()) {
      return;
    }
    MonthSum after = before.plus(ended.stream().map(Book::holding).toList());
    boolean isStored =
        stored.isEmpty()
            ? objects.createIfAbsent(key, Json.bytes(after), JSON)
            : objects.replace(key, Json.bytes(after), JSON, stored.get().eTag());
    if (isStored) {
      objects.deleteAll(ended.stream().flatMap(List::stream).map(HeldEntry::key).toList());
    }
  }

  /**
   * The sum of a month as it is stored, to be replaced by {@link #start}; empty when there is none.
   */
  Optional<String> sumTag(String accountId, YearMonth month) {
    return objects.head(BillingKeys.sum(accountId, month)).map(ObjectInfo::eTag);
  }

  /**
   * Starts the count of a month with what was used before it was counted. Does nothing when
   * somebody else has started it meanwhile.
   *
   * @param earlier the {@link #sumTag} from before it was seen that the account's usage is not
   *     counted: a start that died left it
   */
  void start(String accountId, YearMonth month, Optional<String> earlier, MonthSum used) {
    String key = BillingKeys.sum(accountId, month);
    if (earlier.isPresent()) {
      objects.replace(key, Json.bytes(used), JSON, earlier.get());
    } else {
      objects.createIfAbsent(key, Json.bytes(used), JSON);
    }
  }

  /** The book of a month. */
  Book book(String accountId, YearMonth month) {
    List<HeldEntry> entries = entries(accountId, month);
    // After the listing: what is added up in between is then counted twice, and never lost.
    return new Book(
        entries,
        objects
            .read(BillingKeys.sum(accountId, month))
            .map(CapCounter::sum)
            .orElse(MonthSum.NOTHING));
  }

  private List<HeldEntry> entries(AnalysisRequest request) {
    LocalDate day = HeldEntry.dayOf(request.createdAt());
    YearMonth month = YearMonth.from(day);
    String prefix = BillingKeys.heldIn(request.accountId(), month);
    return entries(BillingKeys.heldBy(request.accountId(), day, request.id()), prefix, month);
  }

  private List<HeldEntry> entries(String accountId, YearMonth month) {
    String prefix = BillingKeys.heldIn(accountId, month);
    return entries(prefix, prefix, month);
  }

  private List<HeldEntry> entries(String listed, String prefix, YearMonth month) {
    return objects.list(listed).stream()
        .flatMap(key -> HeldEntry.parse(key, prefix, month).stream())
        .toList();
  }

  private static MonthSum sum(StoredObject object) {
    return Json.read(object.body(), MonthSum.class);
  }

  private static String mark() {
    return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS << attempt) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
