package org.touchstone.domain.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.workflow.AnalysisEnded;

/**
 * How far a line of a batch is.
 *
 * @param line its number
 * @param status how far
 * @param analysisId its analysis; absent until it is started
 * @param level the verdict's level; present exactly when it is complete
 * @param confidence the verdict's confidence, from 0 to 1; absent where the level has none
 * @param problem why it failed or was refused; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchLineState(
    int line,
    LineStatus status,
    String analysisId,
    Verdict.Level level,
    Double confidence,
    Problem problem) {
  public BatchLineState {
    Objects.requireNonNull(status, "status");
  }

  /** A line before its analysis is started. */
  public static BatchLineState waiting(int line) {
    return new BatchLineState(line, LineStatus.WAITING, null, null, null, null);
  }

  /** Whether its analysis has ended. */
  public boolean hasEnded() {
    return status == LineStatus.COMPLETE || status == LineStatus.FAILED;
  }

  /** The line with its analysis started. */
  public BatchLineState running(String id) {
    return new BatchLineState(line, LineStatus.RUNNING, id, null, null, null);
  }

  /** The line with its analysis ended. */
  public BatchLineState ended(AnalysisEnded end) {
    return end.error() == null
        ? new BatchLineState(
            line, LineStatus.COMPLETE, end.analysisId(), end.level(), end.confidence(), null)
        : failed(end.analysisId(), end.error());
  }

  /** The line with its analysis failed. */
  public BatchLineState failed(String id, Problem why) {
    return new BatchLineState(line, LineStatus.FAILED, id, null, null, why);
  }

  /** The line with its analysis not accepted. */
  public BatchLineState refused(Problem why) {
    return new BatchLineState(line, LineStatus.REFUSED, null, null, null, why);
  }

  /** The line with the batch cancelled before it was started. */
  public BatchLineState cancelled() {
    return new BatchLineState(line, LineStatus.CANCELLED, null, null, null, null);
  }
}
