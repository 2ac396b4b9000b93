package org.touchstone.domain;

import java.time.Instant;

/**
 * How an analysis ended; stored once as {@code analyses/{id}/outcome.json}, so that an analysis
 * ends in exactly one way however often a worker runs.
 *
 * @param verdict present exactly when the analysis is complete
 * @param error present exactly when it failed
 * @param endedAt when
 */
public record AnalysisOutcome(Verdict verdict, Problem error, Instant endedAt) {
  public AnalysisOutcome {
    if ((verdict == null) == (error == null)) {
      throw new IllegalArgumentException("either a verdict or an error");
    }
  }

  public AnalysisStatus status() {
    return verdict != null ? AnalysisStatus.COMPLETE : AnalysisStatus.FAILED;
  }
}
