package org.touchstone.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Detector;
import org.touchstone.client.model.Detectors;

/** The detectors of the deployment. */
public final class DetectorsApi {
  private final Transport transport;

  DetectorsApi(Transport transport) {
    this.transport = transport;
  }

  /** All detectors, whether or not they are installed. */
  public CompletableFuture<List<Detector>> list() {
    return transport
        .send(Call.get("/v1/detectors"), Detectors.class)
        .thenApply(Detectors::detectors);
  }
}
