package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.ObjectStore;

/**
 * Ends reservations that nobody else ends: of requests that died before they were stored, and of
 * analyses whose end was stored but not billed. It also adds up what ended. May run anywhere and at
 * any time.
 */
public final class ReservationSweep {
  /** No request for an analysis takes as long from its reservation to its storing. */
  private static final Duration NEVER_STORED = Duration.ofMinutes(15);

  /** A step that ends an analysis also bills it; its retries have ended by then. */
  private static final Duration BILLED_BY = Duration.ofMinutes(15);

  /** The workflow's longest time is three hours; an analysis may wait days to be started again. */
  private static final Duration LONGEST = Duration.ofDays(8);

  private static final Logger LOG = Logger.getLogger(ReservationSweep.class);

  private final ObjectStore objects;
  private final CapCounter counter;
  private final Spending spending;
  private final AnalysisStore analyses;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param clock measures the budget
   * @param random chooses with whose accounts a sweep begins, so that each has its turn
   */
  public ReservationSweep(
      ObjectStore objects,
      CapCounter counter,
      Spending spending,
      AnalysisStore analyses,
      InstantSource clock,
      RandomGenerator random) {
    this.objects = objects;
    this.counter = counter;
    this.spending = spending;
    this.analyses = analyses;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Sweeps the books of this month and the one before.
   *
   * @param budget after which it stops; the next sweep goes on
   * @return how many reservations were ended
   */
  public int run(Instant now, Duration budget) {
    Instant end = clock.instant().plus(budget);
    List<String> accounts = new ArrayList<>();
    for (String folder : objects.folders(BillingKeys.ROOT)) {
      String id = folder.substring(BillingKeys.ROOT.length(), folder.length() - 1);
      if (Ids.isAccountId(id)) {
        accounts.add(id);
      }
    }
    if (!accounts.isEmpty()) {
      Collections.rotate(accounts, random.nextInt(accounts.size()));
    }
    YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
    int ended = 0;
    for (String account : accounts) {
      if (objects.list(BillingKeys.held(account), null, 1).keys().isEmpty()) {
        // Most accounts have no caps: one request for each of them.
        continue;
      }
      for (YearMonth each : List.of(month.minusMonths(1), month)) {
        if (!clock.instant().isBefore(end)) {
          return ended;
        }
        ended += sweep(account, each, now, end);
      }
    }
    return ended;
  }

  private int sweep(String accountId, YearMonth month, Instant now, Instant end) {
    int ended = 0;
    for (List<HeldEntry> entries : counter.book(accountId, month).analyses()) {
      if (!clock.instant().isBefore(end)) {
        return ended;
      }
      try {
        ended += end(accountId, entries, now) ? 1 : 0;
      } catch (RuntimeException e) {
        // One that cannot be read must not keep the others.
        LOG.errorf(
            "the reservation of analysis %s could not be ended: %s",
            entries.getFirst().analysisId(), e.getClass().getSimpleName());
      }
    }
    counter.fold(accountId, month);
    return ended;
  }

  private boolean end(String accountId, List<HeldEntry> entries, Instant now) {
    HeldEntry holding = Book.holding(entries);
    boolean isRecent = entries.stream().anyMatch(entry -> entry.isYoungerThan(NEVER_STORED, now));
    if (holding.isFinal() || isRecent) {
      return false;
    }
    Optional<AnalysisRequest> request =
        analyses
            .request(holding.analysisId())
            .filter(stored -> stored.accountId().equals(accountId))
            .filter(stored -> HeldEntry.dayOf(stored.createdAt()).equals(holding.day()));
    if (request.isEmpty()) {
      // Never stored, deleted, or stored by another try, which holds its own.
      objects.deleteAll(entries.stream().map(HeldEntry::key).toList());
      return true;
    }
    return outcome(request.get(), now)
        .map(
            outcome -> {
              spending.end(request.get(), () -> media(request.get().id()), outcome);
              return true;
            })
        .orElse(false);
  }

  /** The outcome, if nobody is about to bill it; one that will never come is stored as failed. */
  private Optional<AnalysisOutcome> outcome(AnalysisRequest request, Instant now) {
    Optional<AnalysisOutcome> stored = analyses.outcome(request.id());
    if (stored.isEmpty() && request.createdAt().isBefore(now.minus(LONGEST))) {
      AnalysisOutcome lost =
          new AnalysisOutcome(null, Problem.of(ProblemType.ANALYSIS_TIMEOUT), now);
      return Optional.of(analyses.saveOutcome(request.id(), lost));
    }
    return stored.filter(outcome -> outcome.endedAt().isBefore(now.minus(BILLED_BY)));
  }

  private List<MediaItem> media(String id) {
    return analyses.media(id).map(ResolvedMedia::media).orElse(List.of());
  }
}
