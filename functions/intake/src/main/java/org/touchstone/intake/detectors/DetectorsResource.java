package org.touchstone.intake.detectors;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Needs;

/** {@code /v1/detectors}: the detectors of this deployment. */
@Path("/v1/detectors")
@Produces(MediaType.APPLICATION_JSON)
public class DetectorsResource {
  private final DetectorCatalogue catalogue;

  @Inject
  public DetectorsResource(DetectorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All detectors, whether or not they are installed. */
  @GET
  @Needs(Scope.READ)
  public Detectors list() {
    return new Detectors(catalogue.all());
  }

  /** The list of detectors. */
  @RegisterForReflection
  public record Detectors(List<DetectorView> detectors) {}
}
