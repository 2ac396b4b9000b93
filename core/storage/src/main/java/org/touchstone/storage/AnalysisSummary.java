package org.touchstone.storage;

import java.time.Instant;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.Verdict;

/**
 * An analysis as a list shows it.
 *
 * @param level the verdict in a word, or what people know instead; absent until there is either
 * @param platform where its first medium was found, such as {@code x}; {@code web} for a direct
 *     link, {@code upload} for a file; absent until the media are known
 */
public record AnalysisSummary(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    Verdict.Level level,
    String platform) {
  /** A copy with another level. */
  AnalysisSummary withLevel(Verdict.Level other) {
    return new AnalysisSummary(id, status, input, createdAt, other, platform);
  }
}
