package org.touchstone.domain.workflow;

import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;

/**
 * The announcement that an analysis has ended; also the answer of the vote and of the recording of
 * a failure.
 *
 * @param level the level that holds: people's where they decided, or else the verdict's; absent for
 *     a failed analysis
 * @param confidence the verdict's; absent where the level is people's
 */
public record AnalysisEnded(
    String analysisId,
    String accountId,
    String keyId,
    AnalysisStatus status,
    Verdict.Level level,
    Double confidence,
    Problem error) {}
