package org.touchstone.domain.workflow;

import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Verdict;

/**
 * What is announced when an analysis has ended, and what the vote and the recording of a failure
 * answer with.
 */
public record AnalysisEnded(
    String analysisId,
    String keyId,
    AnalysisStatus status,
    Verdict.Level level,
    Double confidence,
    Problem error) {}
