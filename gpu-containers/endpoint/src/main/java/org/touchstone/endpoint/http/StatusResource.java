package org.touchstone.endpoint.http;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.context.Detector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.endpoint.container.Lifecycle;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;

/** The container's status: whether it is ready, its detectors and its models. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  private final Lifecycle lifecycle;
  private final DetectorRegistry registry;
  private final ModelStore models;

  public StatusResource(Lifecycle lifecycle, DetectorRegistry registry, ModelStore models) {
    this.lifecycle = lifecycle;
    this.registry = registry;
    this.models = models;
  }

  /**
   * 200 while the container accepts work, 503 while it drains. It answers however many requests are
   * waiting.
   */
  @GET
  @Path("ping")
  @NonBlocking
  public Response ping() {
    boolean ready = lifecycle.isReady();
    return Response.status(ready ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(new Ping(ready ? "ready" : "draining"))
        .build();
  }

  /** The detectors, including those that lack a model, and the installed models. */
  @GET
  @Path("models")
  public Models models() {
    return new Models(
        registry.all().stream().map(DetectorState::of).toList(),
        models.list().stream().map(model -> ModelState.of(model.manifest())).toList());
  }

  record Ping(String status) {}

  record Models(List<DetectorState> detectors, List<ModelState> models) {}

  /**
   * A detector.
   *
   * @param modelVersion version of its model; absent if the model is not installed
   */
  record DetectorState(
      String name,
      String modelVersion,
      Category category,
      Set<Modality> tracks,
      boolean installed) {
    static DetectorState of(Detector detector) {
      boolean installed = detector.isInstalled();
      return new DetectorState(
          detector.name(),
          installed ? detector.modelVersion() : null,
          detector.category(),
          detector.tracks(),
          installed);
    }
  }

  /**
   * An installed model; if a model has several versions, the newest runs unless another is pinned.
   */
  record ModelState(String name, String version, String licence, String engine) {
    static ModelState of(ModelManifest manifest) {
      return new ModelState(
          manifest.name(), manifest.version(), manifest.licence(), manifest.engine());
    }
  }
}
