package org.touchstone.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.domain.Json;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Policies;
import org.touchstone.storage.UploadStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Wires the intake. Configuration: {@code touchstone.state-machine-arn}, the analysis workflow. */
@ApplicationScoped
public class IntakeBeans {
  @Produces
  @Singleton
  AnalysisService analysisService(
      AnalysisStore analyses,
      UploadStore uploads,
      Policies policies,
      SfnClient stepFunctions,
      @ConfigProperty(name = "touchstone.state-machine-arn") String stateMachineArn,
      InstantSource clock,
      Metrics metrics) {
    return new AnalysisService(
        analyses,
        uploads,
        policies,
        stepFunctions,
        stateMachineArn,
        clock,
        new SecureRandom(),
        metrics);
  }

  @Produces
  @Singleton
  ObjectMapperCustomizer jsonOfTheContracts() {
    return (ObjectMapper mapper) -> RequestJson.configure(Json.configure(mapper));
  }
}
