package org.touchstone.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.BatchLine;

/**
 * A deletion that is not finished. It is written before anything is deleted, so that it is
 * completed however often a process dies over it.
 *
 * @param analysisId the analysis
 * @param accountId the account that owned it
 * @param at when its deletion began
 * @param createdAt when the analysis was accepted, which its place in lists depends on
 * @param uploadId the upload that was analysed; absent for a link
 * @param stage what is to be done next
 * @param batch the line of a batch that asked for it; absent when it was asked for alone
 */
public record Deletion(
    String analysisId,
    String accountId,
    Instant at,
    Instant createdAt,
    String uploadId,
    Stage stage,
    BatchLine batch) {
  public Deletion {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(stage, "stage");
  }

  /** The parts of a deletion. */
  public enum Stage {
    /** Everything goes. */
    REMOVE(Duration.ZERO),
    /**
     * What workers stored who were still at work goes too. An execution has three hours; none of
     * its workers is there any more.
     */
    REMOVE_LATECOMERS(Duration.ofHours(4)),
    /**
     * The tombstone goes. Step Functions keeps an execution's name for 90 days, in which an
     * analysis of the same id could not start.
     */
    FORGET(Duration.ofDays(91));

    private final Duration after;

    Stage(Duration after) {
      this.after = after;
    }

    /** How long after a deletion began this is to be done. */
    public Duration after() {
      return after;
    }
  }

  /** When the next part is due. */
  public Instant due() {
    return at.plus(stage.after());
  }

  MediaOwner owner() {
    return new MediaOwner(accountId, analysisId);
  }

  Deletion at(Stage next) {
    return new Deletion(analysisId, accountId, at, createdAt, uploadId, next, batch);
  }
}
