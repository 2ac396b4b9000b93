package org.touchstone.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.storage.Deletion.Stage;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Deletes analyses: the request, media's places in it, reports, evidence, opinions, shared
 * addresses, questions to voters and the judge, its place in the account's list, the link in its
 * batch, and what was uploaded for it. The bytes and the cached reports of its media go with the
 * last analysis that refers to them. The usage stays.
 *
 * <p>The order of the writes: the deletion is added to the queue; what is owed is settled; a {@link
 * Tombstone} takes the request's place in one atomic step, after which nobody sees the analysis any
 * more; the execution is stopped; its objects are deleted. Whoever dies in between, {@link #resume}
 * completes it. It may run several times, also at once.
 */
public final class AnalysisDeletion {
  private static final Logger LOG = Logger.getLogger(AnalysisDeletion.class);

  private final AnalysisStore analyses;
  private final DeletionQueue queue;
  private final ObjectRemoval removal;
  private final MediaReferences references;
  private final MediaDisposal media;
  private final DeliveryStore deliveries;
  private final ShareStore shares;
  private final BatchLinks batches;
  private final Executions executions;
  private final Settlement settlement;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public AnalysisDeletion(
      AnalysisStore analyses,
      DeletionQueue queue,
      ObjectRemoval removal,
      MediaReferences references,
      MediaDisposal media,
      DeliveryStore deliveries,
      ShareStore shares,
      BatchLinks batches,
      Executions executions,
      Settlement settlement,
      InstantSource clock) {
    this.analyses = Objects.requireNonNull(analyses, "analyses");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.removal = Objects.requireNonNull(removal, "removal");
    this.references = Objects.requireNonNull(references, "references");
    this.media = Objects.requireNonNull(media, "media");
    this.deliveries = Objects.requireNonNull(deliveries, "deliveries");
    this.shares = Objects.requireNonNull(shares, "shares");
    this.batches = Objects.requireNonNull(batches, "batches");
    this.executions = Objects.requireNonNull(executions, "executions");
    this.settlement = Objects.requireNonNull(settlement, "settlement");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Settles what an analysis owes while it is still known. */
  @FunctionalInterface
  public interface Settlement {
    /**
     * Bills a verdict that is not billed yet, and gives back what was reserved otherwise; may be
     * called several times.
     *
     * @param media what was found; empty when the analysis was not resolved
     * @param outcome how the analysis ended; empty when it did not
     */
    void settle(
        AnalysisRequest request, Optional<ResolvedMedia> media, Optional<AnalysisOutcome> outcome);
  }

  /**
   * Deletes an analysis: when this returns, nobody sees it any more, and its own objects are
   * deleted or will be. Media are left to {@link #resume}, because others may use them.
   *
   * @param accountId the account that must own it
   * @return when it was deleted, possibly by an earlier call; empty when the account never had it,
   *     or nobody remembers
   */
  public Optional<Instant> delete(String accountId, String id) {
    Optional<RequestPlace> place = analyses.place(id);
    Optional<Tombstone> earlier = place.flatMap(RequestPlace::tombstone);
    if (earlier.isPresent()) {
      return earlier
          .filter(tombstone -> tombstone.accountId().equals(accountId))
          .map(Tombstone::deletedAt);
    }
    Optional<AnalysisRequest> request =
        place.flatMap(RequestPlace::request).filter(stored -> stored.accountId().equals(accountId));
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Deletion deletion =
        new Deletion(
            id,
            accountId,
            clock.instant(),
            request.get().createdAt(),
            request.get().input().uploadId(),
            Stage.REMOVE,
            request.get().batch());
    queue.add(deletion);
    Optional<Instant> at = bury(deletion);
    try {
      executions.stop(id);
      removeOwn(deletion);
    } catch (SdkException | IllegalStateException e) {
      // It is out of sight, and the queue has it.
      LOG.warnf(e, "analysis %s is deleted later", id);
    }
    return at;
  }

  /**
   * Does the part of a deletion that is due, and puts the next one into the queue.
   *
   * @return whether it is done; if not, it stays in the queue
   */
  public boolean resume(Deletion deletion) {
    switch (deletion.stage()) {
      case REMOVE -> {
        if (bury(deletion).isEmpty()) {
          // Another analysis of that id, which was asked for after the place was free again.
          queue.remove(deletion);
          return true;
        }
        executions.stop(deletion.analysisId());
        removeOwn(deletion);
        return disposeOfMedia(deletion) && goOn(deletion, Stage.REMOVE_LATECOMERS);
      }
      case REMOVE_LATECOMERS -> {
        removeOwn(deletion);
        removeUpload(deletion);
        return disposeOfMedia(deletion) && goOn(deletion, Stage.FORGET);
      }
      case FORGET -> {
        forget(deletion);
        queue.remove(deletion);
      }
    }
    return true;
  }

  private boolean goOn(Deletion deletion, Stage next) {
    queue.add(deletion.at(next));
    queue.remove(deletion);
    return true;
  }

  /**
   * Puts the tombstone into the request's place.
   *
   * @return when the analysis was deleted; empty when another analysis is there
   */
  private Optional<Instant> bury(Deletion deletion) {
    while (true) {
      Optional<RequestPlace> place = analyses.place(deletion.analysisId());
      Optional<AnalysisRequest> request = place.flatMap(RequestPlace::request);
      if (request.isEmpty()) {
        // Buried already, or gone by a lifecycle rule.
        return place
            .flatMap(RequestPlace::tombstone)
            .map(Tombstone::deletedAt)
            .or(() -> Optional.of(deletion.at()));
      }
      if (!request.get().accountId().equals(deletion.accountId())
          || !request.get().createdAt().equals(deletion.createdAt())) {
        return Optional.empty();
      }
      settlement.settle(
          request.get(),
          analyses.media(deletion.analysisId()),
          analyses.outcome(deletion.analysisId()));
      Tombstone tombstone =
          new Tombstone(
              deletion.analysisId(),
              deletion.accountId(),
              request.get().keyId(),
              deletion.at(),
              null);
      if (analyses.bury(tombstone, place.get().eTag())) {
        return Optional.of(deletion.at());
      }
    }
  }

  /** Removes all that belongs to the analysis alone, but not its list of media. */
  private void removeOwn(Deletion deletion) {
    String id = deletion.analysisId();
    String request = AnalysisStore.requestKey(id);
    String media = MediaKeys.analysisReferences(id);
    removal.remove(
        Keys.accountAnalysis(deletion.accountId(), deletion.createdAt(), deletion.analysisId()));
    removal.removeAll(Keys.feedbackEntries(deletion.createdAt(), id));
    deliveries.forget(deletion.accountId(), id);
    shares.keysOf(id).forEach(removal::remove);
    removal.removeAll(Keys.analysis(id), key -> key.equals(request) || key.startsWith(media));
    if (deletion.batch() != null) {
      batches.remove(deletion.accountId(), deletion.batch());
    }
  }

  /** Removes what was uploaded; not before, because another analysis may be about to read it. */
  private void removeUpload(Deletion deletion) {
    if (deletion.uploadId() != null && Keys.isUploadId(deletion.uploadId())) {
      removal.remove(Keys.upload(deletion.uploadId()));
    }
  }

  /**
   * Ends the analysis' references, and deletes the media that nobody else refers to. Its list of
   * media stays as long as resolution or a worker may still write a reference, a medium or a report
   * on it.
   */
  private boolean disposeOfMedia(Deletion deletion) {
    boolean settled = true;
    for (String sha256 : references.of(deletion.analysisId())) {
      references.release(deletion.owner(), sha256);
      if (media.dispose(sha256)) {
        if (deletion.stage() == Stage.REMOVE_LATECOMERS) {
          references.forget(deletion.analysisId(), sha256);
        }
      } else {
        settled = false;
      }
    }
    return settled;
  }

  private void forget(Deletion deletion) {
    String id = deletion.analysisId();
    Optional<RequestPlace> place = analyses.place(id);
    Optional<Tombstone> tombstone = place.flatMap(RequestPlace::tombstone);
    // Of several at once only one may remove it: another may find a new request in its place.
    if (tombstone.isPresent()
        && analyses.bury(tombstone.get().marked(Ids.randomId(random)), place.get().eTag())) {
      removal.remove(AnalysisStore.requestKey(id));
    }
  }
}
