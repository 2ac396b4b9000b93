package org.touchstone.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * A run of everything that is due by the clock. Each part has an equal share of the time that is
 * left, so that none is kept waiting by another, and one that fails does not stop the others.
 */
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final List<SweepPart> parts;
  private final InstantSource clock;

  Sweep(List<SweepPart> parts, InstantSource clock) {
    this.parts = List.copyOf(parts);
    this.clock = clock;
  }

  /**
   * Does what is due.
   *
   * @param budget how long it may take
   * @throws SweepFailedException when something failed
   */
  public SweepReport run(Duration budget) {
    Instant end = clock.instant().plus(budget);
    Map<String, Integer> done = new LinkedHashMap<>();
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      SweepPart part = parts.get(i);
      Instant now = clock.instant();
      Instant partsEnd = now.plus(Duration.between(now, end).dividedBy(parts.size() - i));
      try {
        done.put(part.name(), part.run(partsEnd));
      } catch (RuntimeException e) {
        LOG.errorf(e, "%s failed", part.name());
        failed.add(part.name());
      }
    }
    LOG.infof("done: %s", done);
    if (!failed.isEmpty()) {
      throw new SweepFailedException(failed);
    }
    return new SweepReport(done);
  }
}
