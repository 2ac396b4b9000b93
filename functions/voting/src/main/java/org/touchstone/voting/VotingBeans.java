package org.touchstone.voting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.billing.Spending;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Policies;
import org.touchstone.telemetry.Metrics;

/** Wires the vote's beans. */
@ApplicationScoped
public class VotingBeans {
  @Produces
  @Singleton
  Voting voting(
      AnalysisStore analyses,
      Spending spending,
      Policies policies,
      InstantSource clock,
      Metrics metrics) {
    return new Voting(analyses, spending, policies, clock, new OutcomeMetrics(metrics, analyses));
  }
}
