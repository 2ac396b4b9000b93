package org.touchstone.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.billing.Spending;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Wires the accepting of analyses. Configuration: {@code touchstone.state-machine-arn}, the
 * analysis workflow.
 */
@ApplicationScoped
public class AcceptanceBeans {
  @Produces
  @Singleton
  Acceptance acceptance(
      AnalysisStore analyses,
      Spending spending,
      Leases leases,
      UploadStore uploads,
      AccountStore accounts,
      SfnClient stepFunctions,
      @ConfigProperty(name = "touchstone.state-machine-arn") String stateMachineArn,
      InstantSource clock,
      Metrics metrics) {
    return new Acceptance(
        analyses,
        spending,
        leases,
        uploads,
        accounts,
        stepFunctions,
        stateMachineArn,
        clock,
        new SecureRandom(),
        metrics);
  }
}
