package org.touchstone.storage;

import java.time.Instant;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Verdict;

/**
 * An analysis as a list shows it.
 *
 * @param level the verdict in a word; absent until the verdict exists
 */
public record AnalysisSummary(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    Verdict.Level level) {}
