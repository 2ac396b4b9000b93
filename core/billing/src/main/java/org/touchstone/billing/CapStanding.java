package org.touchstone.billing;

import java.time.Instant;
import java.util.Map;

/**
 * How an account stands against its caps.
 *
 * @param caps the caps
 * @param used what counts against each cap in the periods of the instant: what was billed and what
 *     is reserved
 * @param at the instant
 */
public record CapStanding(Caps caps, Map<CapLimit, Long> used, Instant at) {
  public CapStanding {
    used = Map.copyOf(used);
  }

  /** What is left of a cap, 0 or more; null when the account does not have this cap. */
  public Long left(CapLimit limit) {
    Long cap = limit.of(caps);
    return cap == null ? null : Math.max(0, cap - used.getOrDefault(limit, 0L));
  }
}
