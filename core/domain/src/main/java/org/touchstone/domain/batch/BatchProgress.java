package org.touchstone.domain.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How far a batch is. Replaced only if unchanged, so that no two writers lose each other's changes.
 *
 * @param createdAt when the batch was accepted
 * @param wrongLines how many of its lines cannot be analysed
 * @param lines the other lines, in their order
 * @param tick number of the next look at the batch that is due without an event; see {@link
 *     BatchTask}
 * @param tickedAt when the last such look was
 * @param endedAt when all lines had ended; absent before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchProgress(
    Instant createdAt,
    int wrongLines,
    List<BatchLineState> lines,
    int tick,
    Instant tickedAt,
    Instant endedAt) {
  public BatchProgress {
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(tickedAt, "tickedAt");
    lines = List.copyOf(lines);
  }

  /** Before anything was started. */
  public static BatchProgress of(Batch batch) {
    return new BatchProgress(
        batch.createdAt(),
        batch.wrong().size(),
        batch.items().stream().map(item -> BatchLineState.waiting(item.line())).toList(),
        0,
        batch.createdAt(),
        null);
  }

  /** How many lines have a status. */
  public long count(LineStatus status) {
    return lines.stream().filter(line -> line.status() == status).count();
  }

  /** Whether nothing more happens to any line. */
  public boolean isDone() {
    return lines.stream().allMatch(line -> line.status().isFinal());
  }

  public BatchProgress with(List<BatchLineState> changed) {
    return new BatchProgress(createdAt, wrongLines, changed, tick, tickedAt, endedAt);
  }

  /** A copy with a later tick due next. */
  public BatchProgress ticked(int next, Instant at) {
    return new BatchProgress(createdAt, wrongLines, lines, Math.max(tick, next), at, endedAt);
  }

  /** A copy that has ended. */
  public BatchProgress ended(Instant at) {
    return new BatchProgress(createdAt, wrongLines, lines, tick, tickedAt, at);
  }
}
