package org.touchstone.domain.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Verdict;

/**
 * A batch as the API shows it.
 *
 * @param id its id
 * @param status how far it is
 * @param createdAt when it was accepted
 * @param endedAt when all its lines had ended; absent before
 * @param counts how many lines there are, by what became of them
 * @param levels how many lines are complete, by the level of their verdict; levels without any are
 *     left out
 * @param wrong the lines that cannot be analysed, and why; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchSummary(
    String id,
    BatchStatus status,
    Instant createdAt,
    Instant endedAt,
    LineCounts counts,
    Map<Verdict.Level, Long> levels,
    List<WrongLine> wrong) {

  /**
   * Numbers of lines.
   *
   * @param lines all, with those that are wrong
   * @param wrong those that cannot be analysed
   */
  public record LineCounts(
      long lines,
      long wrong,
      long waiting,
      long running,
      long complete,
      long failed,
      long refused,
      long cancelled) {
    static LineCounts of(BatchProgress progress) {
      return new LineCounts(
          progress.lines().size() + (long) progress.wrongLines(),
          progress.wrongLines(),
          progress.count(LineStatus.WAITING),
          progress.count(LineStatus.RUNNING),
          progress.count(LineStatus.COMPLETE),
          progress.count(LineStatus.FAILED),
          progress.count(LineStatus.REFUSED),
          progress.count(LineStatus.CANCELLED));
    }
  }

  /**
   * The summary of a batch.
   *
   * @param isCancelled whether somebody asked to start nothing more of it
   * @param wrong null to leave them out
   */
  public static BatchSummary of(
      String id, BatchProgress progress, boolean isCancelled, List<WrongLine> wrong) {
    Map<Verdict.Level, Long> levels = new EnumMap<>(Verdict.Level.class);
    progress.lines().stream()
        .filter(line -> line.level() != null)
        .forEach(line -> levels.merge(line.level(), 1L, Long::sum));
    return new BatchSummary(
        id,
        BatchStatus.of(progress, isCancelled),
        progress.createdAt(),
        progress.endedAt(),
        LineCounts.of(progress),
        levels,
        wrong);
  }
}
