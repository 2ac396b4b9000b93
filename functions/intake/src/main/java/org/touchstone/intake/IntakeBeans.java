package org.touchstone.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.acceptance.Acceptance;
import org.touchstone.domain.Json;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Policies;
import org.touchstone.storage.UploadStore;

/** Wires the intake. */
@ApplicationScoped
public class IntakeBeans {
  @Produces
  @Singleton
  AnalysisService analysisService(
      Acceptance acceptance,
      AnalysisStore analyses,
      UploadStore uploads,
      Policies policies,
      InstantSource clock) {
    return new AnalysisService(acceptance, analyses, uploads, policies, clock);
  }

  @Produces
  @Singleton
  ObjectMapperCustomizer jsonOfTheContracts() {
    return (ObjectMapper mapper) -> RequestJson.configure(Json.configure(mapper));
  }
}
