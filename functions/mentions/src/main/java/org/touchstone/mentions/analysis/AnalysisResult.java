package org.touchstone.mentions.analysis;

import org.touchstone.domain.Verdict;

/** How far an analysis is. */
public sealed interface AnalysisResult {
  /** It goes on. */
  record Running() implements AnalysisResult {}

  /**
   * It has a level.
   *
   * @param level the level that holds: people's, where they decided
   */
  record Complete(Verdict.Level level) implements AnalysisResult {}

  /**
   * There is no level.
   *
   * @param problem the problem's code, such as {@code post.deleted}
   */
  record Failed(String problem) implements AnalysisResult {}
}
