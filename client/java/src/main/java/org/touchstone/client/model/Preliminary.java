package org.touchstone.client.model;

import java.util.List;

/**
 * The verdict over the reports so far. It is computed each time it is shown, and never stored,
 * billed or announced.
 *
 * @param verdict what the verdict would be without the detectors that are pending
 * @param settled whether the policy does not expect them to change the level
 * @param pending the jobs that have not reported yet
 */
public record Preliminary(Verdict verdict, Boolean settled, List<PendingJob> pending) {
  public Preliminary {
    pending = pending == null ? List.of() : List.copyOf(pending);
  }
}
