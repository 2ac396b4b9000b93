package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far a batch is.
 *
 * @param endedAt when all its lines had ended; absent before
 * @param levels how many lines are complete, by the level of their verdict; levels without any are
 *     left out
 * @param wrong the lines that cannot be analysed, and why; absent in lists
 */
public record BatchSummary(
    String id,
    BatchStatus status,
    Instant createdAt,
    Instant endedAt,
    LineCounts counts,
    Map<String, Long> levels,
    List<WrongLine> wrong) {
  public BatchSummary {
    levels = levels == null ? Map.of() : Map.copyOf(levels);
    wrong = wrong == null ? List.of() : List.copyOf(wrong);
  }
}
