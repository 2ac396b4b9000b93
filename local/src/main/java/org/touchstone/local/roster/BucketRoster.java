package org.touchstone.local.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Compute;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Roster;
import org.touchstone.domain.files.Folders;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.RosterStore;
import org.touchstone.worker.models.ModelSource;
import org.touchstone.worker.models.RemoteManifests;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The roster in a deployment's bucket. It is made of the plan of endpoints that the deployment left
 * there and of the manifests of the models that its endpoints fetch.
 */
public final class BucketRoster {
  private final S3Client s3;
  private final ModelSource models;
  private final RosterStore store;

  /**
   * @param models where the deployment's endpoints look for models
   */
  public BucketRoster(S3Client s3, ModelSource models) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.models = Objects.requireNonNull(models, "models");
    this.store = new RosterStore(new ObjectStore(s3, models.bucket()));
  }

  /**
   * Stores the plan of the endpoints.
   *
   * @throws PlanException when it is not a plan; nothing is stored then
   */
  public void savePlan(byte[] json) {
    EndpointPlan.read(json);
    store.savePlan(json);
  }

  /**
   * Makes the roster anew and stores it, with what the manifests say of the detectors. Two calls at
   * once end with what the bucket holds after both: the later one looks again.
   *
   * @return the roster; empty when there is no plan of endpoints, so that none can be made
   * @throws PlanException when the stored plan is not one
   * @throws ModelException when a model in the bucket is incomplete or its manifest is wrong
   * @throws UncheckedIOException when this machine has no room for the manifests
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer or refuses
   */
  public Optional<Roster> write() {
    return store.plan().isEmpty() ? Optional.empty() : Optional.of(store.update(this::made));
  }

  private Roster made() {
    EndpointPlan plan =
        EndpointPlan.read(
            store.plan().orElseThrow(() -> new PlanException("The plan of endpoints is gone.")));
    try {
      Path folder = Files.createTempDirectory("touchstone-manifests-");
      try {
        RemoteManifests.copy(s3, models, folder);
        ModelStore manifests = new ModelStore(folder);
        // Before the roster: whoever replaces that last has stored these last, too.
        store.saveFacts(ManifestFacts.of(manifests));
        Roster installed = new RosterBuilder(manifests).roster(plan);
        return plan.service()
            .map(
                service ->
                    // Endpoints with a GPU have no keys.
                    RosterBuilder.withService(
                        installed,
                        EnsembleDetector.TRANSCRIPT.name(),
                        service.version(),
                        Set.of(Compute.CPU)))
            .orElse(installed);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the manifests cannot be kept on this machine", e);
    }
  }
}
