package org.touchstone.storage;

import java.time.LocalDate;
import org.touchstone.domain.Verdict;

/**
 * Which analyses a list shows; an absent part lets all through.
 *
 * @param from the first day, in UTC, on which they were accepted
 * @param to the last day, in UTC
 * @param level the verdict in a word, or what people know instead; leaves out analyses that have
 *     neither
 * @param platform where the first medium was found; leaves out analyses whose media are not known
 */
public record AnalysisFilter(LocalDate from, LocalDate to, Verdict.Level level, String platform) {
  /** All analyses. */
  public static final AnalysisFilter ALL = new AnalysisFilter(null, null, null, null);

  /** Whether it depends on more than the day. */
  boolean isSelective() {
    return level != null || platform != null;
  }

  /** Whether it lets an analysis through whatever its level. */
  boolean acceptsBesidesLevel(AnalysisSummary summary) {
    return platform == null || platform.equals(summary.platform());
  }

  boolean accepts(AnalysisSummary summary) {
    return (level == null || level == summary.level()) && acceptsBesidesLevel(summary);
  }
}
