package org.touchstone.storage;

import java.time.Instant;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Verdict;

/**
 * An analysis as a list shows it.
 *
 * @param level the verdict in a word; absent until the verdict exists
 * @param platform where its first medium was found, such as {@code x}; {@code web} for a direct
 *     link, {@code upload} for a file; absent until the media are known
 */
public record AnalysisSummary(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    Verdict.Level level,
    String platform) {}
