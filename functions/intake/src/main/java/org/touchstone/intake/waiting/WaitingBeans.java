package org.touchstone.intake.waiting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Leases;

/**
 * Wires the waiting. Configuration: {@code touchstone.api.concurrency}, the requests that the
 * deployment can answer at once; by default the threads of one machine.
 */
@ApplicationScoped
public class WaitingBeans {
  @Produces
  @Singleton
  AnalysisWatch analysisWatch(
      AnalysisStore analyses,
      Leases leases,
      @ConfigProperty(name = "touchstone.api.concurrency", defaultValue = "200") int concurrency) {
    return new AnalysisWatch(analyses, leases, concurrency);
  }
}
