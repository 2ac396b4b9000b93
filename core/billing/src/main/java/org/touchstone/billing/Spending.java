package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.ObjectStore;

/**
 * What analyses cost their accounts, from the request to the bill: the least price is reserved when
 * an analysis is accepted, the reservation is raised when its media are known, and replaced by the
 * bill when it ends. Accounts without caps reserve nothing. Thread-safe.
 */
public final class Spending {
  private static final Logger LOG = Logger.getLogger(Spending.class);
  private static final int MAX_REMEMBERED = 10_000;

  private final ObjectStore objects;
  private final PriceStore prices;
  private final CapStore caps;
  private final CapCounter counter;
  private final Billing billing;
  private final Ledger ledger;
  private final EventQueue events;
  private final InstantSource clock;
  private final Map<String, CapStanding> standings = new LinkedHashMap<>();

  public Spending(
      ObjectStore objects,
      PriceStore prices,
      CapStore caps,
      CapCounter counter,
      Ledger ledger,
      EventQueue events,
      InstantSource clock) {
    this.objects = objects;
    this.prices = prices;
    this.caps = caps;
    this.counter = counter;
    this.billing = new Billing(objects, ledger, prices);
    this.ledger = ledger;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Reserves the least price of an analysis, before it is stored.
   *
   * @param at the instant that will be its request's
   * @return the reservation, to be withdrawn if the analysis is not accepted; empty when its
   *     account's usage is not counted
   * @throws ProblemException {@link ProblemType#CAP_REACHED} when a cap would be exceeded
   */
  public Optional<Reservation> reserve(
      String accountId, String analysisId, JobOptions options, Instant at) {
    Optional<CapStore.CountedCaps> counted = caps.find(accountId);
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    Caps of = counted.get().caps();
    PriceList list = prices.at(at);
    long least = options.runsNothing() ? 0 : list.cheapestMicros();
    CapCounter.Hold hold = counter.reserve(accountId, analysisId, at, least, of);
    remember(accountId, new CapStanding(of, hold.used(), at));
    return switch (hold) {
      case CapCounter.Held held -> Optional.of(new Reservation(held.key()));
      case CapCounter.Refused refused -> {
        announce(accountId, refused.limit(), of, list, at);
        long seconds = Duration.between(at, refused.limit().end(at)).toSeconds() + 1;
        throw new ProblemException(
            new Problem(
                ProblemType.CAP_REACHED,
                "The account has reached its cap of " + text(refused.limit(), of, list) + ".",
                (int) seconds));
      }
    };
  }

  /** What is reserved for an analysis that is about to be stored. */
  public record Reservation(String key) {}

  /** Gives a reservation back, because its analysis is not accepted, or was by somebody else. */
  public void withdraw(Reservation reservation) {
    counter.withdraw(reservation.key());
  }

  /**
   * Raises the reservation of an analysis to the price of its media, before any detector runs.
   *
   * @throws ProblemException {@link ProblemType#CAP_EXCEEDED} when a cap would be exceeded
   */
  public void permit(AnalysisRequest request, List<MediaItem> media) {
    Optional<CapStore.CountedCaps> counted = caps.find(request.accountId());
    if (counted.isEmpty()) {
      return;
    }
    Caps of = counted.get().caps();
    long most = billing.mostMicros(request, media);
    if (counter.raise(request, most, of) instanceof CapCounter.Refused refused) {
      PriceList list = prices.at(request.createdAt());
      announce(request.accountId(), refused.limit(), of, list, request.createdAt());
      throw new ProblemException(
          ProblemType.CAP_EXCEEDED,
          "This would cost "
              + Money.text(most, list.currency())
              + ", which is more than the account's cap of "
              + text(refused.limit(), of, list)
              + " leaves.");
    }
  }

  /**
   * Bills an analysis that has ended, or releases its reservation if it failed. Does nothing for
   * one that ended by its deletion, whose bill is {@link #abandoned}. May be called any number of
   * times.
   *
   * @param media gives the analysis' media; asked only if it has a verdict
   */
  public void end(
      AnalysisRequest request, Supplier<List<MediaItem>> media, AnalysisOutcome outcome) {
    if (isAbandoned(outcome)) {
      return;
    }
    if (outcome.verdict() == null) {
      settle(request, 0, 0, outcome.endedAt());
    } else {
      bill(request, media.get(), Billing.scored(outcome.verdict()), outcome.endedAt());
    }
  }

  /** Whether an analysis was deleted before it came to another end. */
  public static boolean isAbandoned(AnalysisOutcome outcome) {
    return outcome.error() != null && outcome.error().type() == ProblemType.ANALYSIS_DELETED;
  }

  /**
   * Bills an analysis that was deleted while it was under way: its account may have seen the scores
   * so far. Without a score its reservation is released. May be called any number of times.
   *
   * @param scored the ids of the media on which a detector gave a score
   * @param endedAt the end, as its stored outcome says
   */
  public void abandoned(
      AnalysisRequest request, List<MediaItem> media, Set<String> scored, Instant endedAt) {
    if (scored.isEmpty()) {
      settle(request, 0, 0, endedAt);
    } else {
      bill(request, media, scored, endedAt);
    }
  }

  private void bill(
      AnalysisRequest request, List<MediaItem> media, Set<String> scored, Instant endedAt) {
    settle(request, 1, billing.bill(request, media, scored, endedAt).micros(), endedAt);
  }

  private void settle(AnalysisRequest request, int analyses, long micros, Instant endedAt) {
    caps.find(request.accountId())
        .ifPresent(counted -> counter.settle(request, analyses, micros, endedAt, counted));
  }

  /** What an analysis cost that ended at an instant; empty when nothing was billed for it. */
  public Optional<Price> billed(String accountId, String analysisId, Instant endedAt) {
    return ledger
        .find(accountId, HeldEntry.dayOf(endedAt), analysisId)
        .map(fact -> new Price(fact.micros(), fact.currency()));
  }

  /** The least that an analysis costs which is accepted at an instant. */
  public Price least(JobOptions options, Instant acceptedAt) {
    PriceList list = prices.at(acceptedAt);
    return new Price(options.runsNothing() ? 0 : list.cheapestMicros(), list.currency());
  }

  /** An amount in millionths of a currency. */
  public record Price(long micros, String currency) {}

  /**
   * How an account stood when this instance last accepted or refused an analysis of it; empty when
   * it did not, or the account's usage is not counted.
   */
  public Optional<CapStanding> lastStanding(String accountId) {
    synchronized (standings) {
      return Optional.ofNullable(standings.get(accountId));
    }
  }

  /** How an account stands now; of one whose usage is not counted, nothing counts. */
  public CapStanding standing(String accountId) {
    Instant now = clock.instant();
    return caps.find(accountId)
        .map(counted -> new CapStanding(counted.caps(), counter.used(accountId, now), now))
        .orElseGet(() -> new CapStanding(Caps.NONE, Map.of(), now));
  }

  /**
   * Sets an account's caps. They hold everywhere within 30 seconds. What was billed in the month
   * before the first caps counts.
   */
  public void setCaps(String accountId, Caps next) {
    LocalDate today = HeldEntry.dayOf(clock.instant());
    YearMonth month = YearMonth.from(today);
    // Before the caps are read: who sets the first ones at the same time writes the sum before.
    Optional<String> sum = counter.sumTag(accountId, month);
    if (caps.stored(accountId).isEmpty()) {
      Map<Integer, MonthSum.DaySum> days = new HashMap<>();
      for (int day = 1; day <= today.getDayOfMonth(); day++) {
        List<UsageFact> facts = ledger.day(accountId, today.withDayOfMonth(day));
        long micros = facts.stream().mapToLong(UsageFact::micros).reduce(0, Math::addExact);
        days.put(day, new MonthSum.DaySum(facts.size(), micros));
      }
      counter.start(accountId, month, sum, new MonthSum(days, null));
    }
    caps.set(accountId, next);
  }

  private void remember(String accountId, CapStanding standing) {
    synchronized (standings) {
      standings.remove(accountId);
      standings.put(accountId, standing);
      if (standings.size() > MAX_REMEMBERED) {
        standings.remove(standings.keySet().iterator().next());
      }
    }
  }

  /** Tells the account's webhooks, once in the cap's period. */
  private void announce(String accountId, CapLimit limit, Caps of, PriceList list, Instant at) {
    LocalDate start = limit.start(at);
    String mark = BillingKeys.reached(accountId, limit, start);
    try {
      if (objects.head(mark).isEmpty()) {
        events.send(
            WebhookEvent.of(
                EventType.CAP_REACHED,
                accountId,
                start + "/" + limit,
                at,
                new ReachedCap(
                    limit,
                    limit.of(of),
                    limit.isMoney() ? list.currency() : null,
                    start,
                    limit.end(at))));
        // After the sending: who dies in between sends it again, under the same id.
        objects.createIfAbsent(mark, new byte[0], "text/plain");
      }
    } catch (RuntimeException e) {
      // The next refusal tries again; this one must not become a fault.
      LOG.errorf("nobody was told that a cap was reached: %s", e.getClass().getSimpleName());
    }
  }

  /**
   * What webhooks are told.
   *
   * @param cap which cap
   * @param limit its size: analyses, or millionths of the currency
   * @param currency ISO 4217 code; absent for a number of analyses
   * @param from the first day of its period
   * @param until the end of its period
   */
  record ReachedCap(CapLimit cap, long limit, String currency, LocalDate from, Instant until) {}

  private static String text(CapLimit limit, Caps of, PriceList list) {
    String size =
        limit.isMoney()
            ? Money.text(limit.of(of), list.currency())
            : limit.of(of) + (limit.of(of) == 1 ? " analysis" : " analyses");
    return size + (limit.isDaily() ? " per day" : " per month");
  }
}
