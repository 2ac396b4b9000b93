package org.touchstone.batches;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.BatchLineState;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.BatchSummary;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.batch.LineStatus;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.BatchStore.StoredProgress;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.PeoplesDecisions;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Follows batches: starts the analyses of their lines, as many at once as may be open, records
 * those that have ended, and tells when all have.
 *
 * <p>Each look reads how far the batch is, does what can be done and stores how far it is then. It
 * may die anywhere, or find that another look was faster: the next one does the same again, and a
 * line's analysis is started once however often it is asked for. So that no batch waits for an
 * event that was lost, a look at an open batch makes the next one due before it is stored itself;
 * see {@link BatchTask}.
 */
final class Follower {
  private static final Logger LOG = Logger.getLogger(Follower.class);

  /** How long a batch waits for an event before it is looked at without one. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * How long it waits at least when more could have been started, but for a lack of time or rate.
   */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final int SPREAD_SECONDS = 5;

  /** A batch without a look for so long has lost its message. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private static final int MAX_TRIES = 20;
  private static final int MAX_PAUSE_MILLIS = 200;

  /** HTTP statuses of problems that are not the line's, and hold for all that follow. */
  private static final Set<Integer> STOPPING = Set.of(403, 429);

  /** The status of what passes. */
  private static final int CONFLICT = 409;

  private final BatchStore batches;
  private final AnalysisStore analyses;
  private final PeoplesDecisions people;
  private final BatchQueue queue;
  private final EventQueue events;
  private final Starter starter;
  private final int atOnce;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param people whose levels hold, as those that are announced
   * @param atOnce most analyses of a batch that are open at once
   */
  Follower(
      BatchStore batches,
      AnalysisStore analyses,
      PeoplesDecisions people,
      BatchQueue queue,
      EventQueue events,
      Starter starter,
      int atOnce,
      InstantSource clock,
      RandomGenerator random) {
    if (atOnce < 1) {
      throw new IllegalArgumentException("at least one analysis of a batch must be open");
    }
    this.batches = batches;
    this.analyses = analyses;
    this.people = people;
    this.queue = queue;
    this.events = events;
    this.starter = starter;
    this.atOnce = atOnce;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Looks at a batch.
   *
   * @param ends analyses of it that are known to have ended
   * @param tick number of the look if it is one of the chain that keeps the batch going; empty when
   *     an event caused it
   * @param until when to start nothing more
   */
  void look(
      String accountId,
      String batchId,
      Collection<LineEnd> ends,
      Optional<Integer> tick,
      Instant until) {
    Optional<Batch> batch = batches.find(accountId, batchId);
    if (batch.isEmpty()) {
      LOG.infof("batch %s is not there any more", batchId);
      return;
    }
    Chain chain = new Chain(accountId, batchId, tick);
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredProgress> stored = batches.progress(accountId, batchId);
      if (stored.isEmpty() || stored.get().value().endedAt() != null) {
        return;
      }
      Look look = new Look(batch.get(), stored.get().value(), until);
      look.record(ends);
      if (chain.isDue(stored.get().value())) {
        look.catchUp();
      }
      look.proceed();
      BatchProgress now = look.progress();
      if (now.isDone()) {
        now = now.ended(clock.instant());
        // First, so that it is told of though this dies here. It is delivered once.
        announce(batch.get(), now);
      } else {
        now = chain.goOn(now, look.isCutShort);
      }
      if (batches.replace(accountId, batchId, stored.get(), now)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException("the batch is changed by others all the time");
  }

  private void announce(Batch batch, BatchProgress progress) {
    events.send(
        WebhookEvent.of(
            EventType.BATCH_COMPLETED,
            batch.accountId(),
            batch.id(),
            progress.endedAt(),
            BatchSummary.of(batch.id(), progress, progress.count(LineStatus.CANCELLED) > 0, null)));
  }

  private void pause() {
    try {
      Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The chain of looks that keeps a batch going. */
  private final class Chain {
    private final String accountId;
    private final String batchId;
    private final Optional<Integer> tick;
    private int sent = -1;

    Chain(String accountId, String batchId, Optional<Integer> tick) {
      this.accountId = accountId;
      this.batchId = batchId;
      this.tick = tick;
    }

    /** Whether this look is the chain's, or the chain has been lost. */
    boolean isDue(BatchProgress progress) {
      return tick.filter(number -> number >= progress.tick()).isPresent()
          || progress.tickedAt().plus(FORGOTTEN_AFTER).isBefore(clock.instant());
    }

    /**
     * Makes the next look due, once in this one, soon or after {@link #PATIENCE}. Before this look
     * is stored: if it dies between, two chains come of it, and the first to be stored ends the
     * other.
     */
    BatchProgress goOn(BatchProgress progress, boolean soon) {
      if (sent < 0 && !isDue(progress)) {
        return progress;
      }
      if (sent < 0) {
        sent = Math.max(tick.orElse(0), progress.tick()) + 1;
        queue.send(
            new BatchTask(accountId, batchId, sent),
            soon ? SOON.plusSeconds(random.nextInt(SPREAD_SECONDS)) : PATIENCE);
      }
      return progress.ticked(sent, clock.instant());
    }
  }

  /** One look. */
  private final class Look {
    private final Batch batch;
    private final BatchProgress before;
    private final Instant until;
    private final Map<Integer, BatchLineState> lines = new HashMap<>();
    private boolean isCutShort;

    Look(Batch batch, BatchProgress before, Instant until) {
      this.batch = batch;
      this.before = before;
      this.until = until;
      before.lines().forEach(line -> lines.put(line.line(), line));
    }

    /** Records ends. That of a line which is not known to have begun counts too. */
    void record(Collection<LineEnd> ends) {
      for (LineEnd end : ends) {
        lines.computeIfPresent(
            end.line(), (number, line) -> line.hasEnded() ? line : line.ended(end.end()));
      }
    }

    /** Looks at the analyses that have not been announced as ended. */
    void catchUp() {
      for (BatchLineState line : with(LineStatus.RUNNING)) {
        Optional<AnalysisOutcome> outcome = analyses.outcome(line.analysisId());
        if (outcome.isPresent()) {
          lines.put(
              line.line(),
              line.ended(
                  people.ended(
                      batch.accountId(), batch.keyId(), line.analysisId(), outcome.get())));
        } else if (analyses.request(line.analysisId()).isEmpty()) {
          lines.put(line.line(), deleted(line, line.analysisId()));
        }
      }
    }

    private static BatchLineState deleted(BatchLineState line, String id) {
      return line.failed(
          id, Problem.of(ProblemType.ANALYSIS_NOT_FOUND, "The analysis was deleted."));
    }

    /** Starts what may be started. */
    void proceed() {
      Map<Integer, BatchItem> items =
          batch.items().stream().collect(Collectors.toMap(BatchItem::line, Function.identity()));
      long open = with(LineStatus.RUNNING).size();
      for (BatchLineState line : with(LineStatus.WAITING)) {
        if (batches.isCancelled(batch.accountId(), batch.id())) {
          cancel();
          return;
        }
        if (open >= atOnce) {
          return;
        }
        if (clock.instant().isAfter(until)) {
          isCutShort = true;
          return;
        }
        if (!start(line, items.get(line.line()))) {
          return;
        }
        if (lines.get(line.line()).status() == LineStatus.RUNNING) {
          open++;
        }
      }
    }

    /**
     * Cancels the lines that have not been started. A look that died may have started some of the
     * first without saying so.
     */
    private void cancel() {
      int number = 0;
      for (BatchLineState line : with(LineStatus.WAITING)) {
        String id = AcceptRequest.idOf(batch.accountId(), new BatchLine(batch.id(), line.line()));
        boolean isStarted = number++ < atOnce && analyses.request(id).isPresent();
        lines.put(line.line(), isStarted ? line.running(id) : line.cancelled());
      }
    }

    /** Starts a line's analysis; returns whether to go on with the next. */
    private boolean start(BatchLineState line, BatchItem item) {
      if (item.isDeleted()) {
        // A look that died has started it without saying so.
        BatchLine place = new BatchLine(batch.id(), line.line());
        lines.put(line.line(), deleted(line, AcceptRequest.idOf(batch.accountId(), place)));
        return true;
      }
      try {
        lines.put(line.line(), line.running(starter.start(batch, item)));
        return true;
      } catch (ProblemException e) {
        Problem problem = e.problem();
        if (STOPPING.contains(problem.type().httpStatus())) {
          // A cap, or the end of the account: it holds for all that follow.
          with(LineStatus.WAITING).forEach(rest -> lines.put(rest.line(), rest.refused(problem)));
          return false;
        }
        if (problem.type().httpStatus() == CONFLICT
            && problem.type() != ProblemType.IDEMPOTENCY_CONFLICT) {
          // An earlier look is at it, or died at it; this line comes next time.
          isCutShort = true;
          return true;
        }
        if (problem.type().isInputsFault()) {
          lines.put(line.line(), line.refused(problem));
          return true;
        }
        throw e;
      } catch (SdkException e) {
        // Too many are started, or a service has a fault that may pass: this line comes next time.
        LOG.warnf(
            "line %d of batch %s is started later: %s",
            line.line(), batch.id(), e.getClass().getSimpleName());
        isCutShort = true;
        return false;
      }
    }

    private List<BatchLineState> with(LineStatus status) {
      return lines.values().stream()
          .filter(line -> line.status() == status)
          .sorted(Comparator.comparingInt(BatchLineState::line))
          .toList();
    }

    BatchProgress progress() {
      List<BatchLineState> now = new ArrayList<>();
      before.lines().forEach(line -> now.add(lines.get(line.line())));
      return before.with(now);
    }
  }
}
