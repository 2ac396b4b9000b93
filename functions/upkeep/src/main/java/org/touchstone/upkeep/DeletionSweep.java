package org.touchstone.upkeep;

import java.time.Instant;
import java.time.InstantSource;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.Deletion;
import org.touchstone.storage.DeletionQueue;

/**
 * Goes on with deletions: completes those that were interrupted, deletes media that nobody refers
 * to any more and what workers stored who came late, and forgets tombstones.
 */
final class DeletionSweep implements SweepPart {
  private final DeletionQueue queue;
  private final AnalysisDeletion deletion;
  private final InstantSource clock;

  DeletionSweep(DeletionQueue queue, AnalysisDeletion deletion, InstantSource clock) {
    this.queue = queue;
    this.deletion = deletion;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "deletions";
  }

  @Override
  public int run(Instant end) {
    Instant now = clock.instant();
    return Items.<Deletion>each(
        name(), clock, end, after -> queue.due(now, after, Items.PAGE), deletion::resume);
  }
}
