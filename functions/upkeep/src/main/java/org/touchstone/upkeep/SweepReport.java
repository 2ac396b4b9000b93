package org.touchstone.upkeep;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * What a run did.
 *
 * @param done how much each part did, by its name
 */
@RegisterForReflection
public record SweepReport(Map<String, Integer> done) {
  public SweepReport {
    done = Map.copyOf(done);
  }
}
