package org.touchstone.intake.detectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;
import org.touchstone.storage.RosterStore;

/**
 * Wires the list of detectors. Configuration: {@code touchstone.queues.partners-voters}, the voters
 * of other organisations as an endpoint of a roster in JSON.
 */
@ApplicationScoped
public class DetectorBeans {
  @Produces
  @Singleton
  DetectorCatalogue detectors(
      RosterStore rosters,
      InstantSource clock,
      @ConfigProperty(name = "touchstone.queues.partners-voters") Optional<String> voters) {
    return new DetectorCatalogue(
        rosters,
        voters
            .map(json -> Json.read(json.getBytes(StandardCharsets.UTF_8), Roster.Endpoint.class))
            .map(Roster.Endpoint::detectors)
            .orElse(List.of()),
        clock);
  }
}
