package org.touchstone.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.RetentionList;

/**
 * Deletes analyses whose request said {@code retention: none}: once their result was delivered to
 * webhooks, or an hour after their end.
 */
final class RetentionSweep implements SweepPart {
  /** How long a result can be read that is delivered to nobody. */
  static final Duration AFTER_END = Duration.ofHours(1);

  /** Longer than an execution lasts: one that has not ended by then never started. */
  static final Duration LONGEST = Duration.ofHours(4);

  /** How long a request may take to be stored after it is listed. */
  private static final Duration UNSTORED = Duration.ofHours(1);

  private final RetentionList list;
  private final AnalysisStore analyses;
  private final AnalysisDeletion deletion;
  private final AuditLog audit;
  private final InstantSource clock;

  RetentionSweep(
      RetentionList list,
      AnalysisStore analyses,
      AnalysisDeletion deletion,
      AuditLog audit,
      InstantSource clock) {
    this.list = list;
    this.analyses = analyses;
    this.deletion = deletion;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public int run(Instant end) {
    return Items.<RetentionList.Entry>each(
        name(), clock, end, after -> list.page(after, Items.PAGE), this::look);
  }

  /** Deletes the analysis if it is due; says whether it did. */
  private boolean look(RetentionList.Entry entry) {
    Instant now = clock.instant();
    Optional<AnalysisRequest> request = analyses.request(entry.analysisId());
    if (request.isEmpty()) {
      if (entry.createdAt().plus(UNSTORED).isBefore(now)
          || analyses.tombstone(entry.analysisId()).isPresent()) {
        list.remove(entry);
      }
      return false;
    }
    boolean isDeleted = request.get().endsSoon() && isDue(request.get(), now);
    if (isDeleted) {
      deletion
          .delete(request.get().accountId(), entry.analysisId())
          .ifPresent(at -> audit.append(deleted(entry.analysisId(), at)));
    }
    if (isDeleted || !request.get().endsSoon()) {
      list.remove(entry);
    }
    return isDeleted;
  }

  /** At the instant of the deletion: repeated, it is the same entry. */
  private static AuditEntry deleted(String analysisId, Instant at) {
    return new AuditEntry(
        at, null, AuditEntry.SYSTEM, "analysis.deleted", analysisId, "retention none");
  }

  private boolean isDue(AnalysisRequest request, Instant now) {
    Optional<AnalysisOutcome> outcome = analyses.outcome(request.id());
    if (outcome.isEmpty()) {
      return request.createdAt().plus(LONGEST).isBefore(now);
    }
    return outcome.get().endedAt().plus(AFTER_END).isBefore(now)
        || analyses.deliveredAt(request.id()).isPresent();
  }
}
