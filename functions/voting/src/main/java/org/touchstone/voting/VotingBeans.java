package org.touchstone.voting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.PolicyStore;
import org.touchstone.storage.UsageLedger;
import org.touchstone.telemetry.Metrics;

/** Wires the vote. Configuration: {@code touchstone.voting.policy}, see {@link Policies}. */
@ApplicationScoped
public class VotingBeans {
  @Produces
  @Singleton
  Policies policies(
      PolicyStore store, @ConfigProperty(name = "touchstone.voting.policy") Optional<String> v) {
    return new Policies(store, v.orElse(null));
  }

  @Produces
  @Singleton
  Voting voting(
      AnalysisStore analyses,
      UsageLedger usage,
      Policies policies,
      InstantSource clock,
      Metrics metrics) {
    return new Voting(analyses, usage, policies, clock, new OutcomeMetrics(metrics, analyses));
  }
}
