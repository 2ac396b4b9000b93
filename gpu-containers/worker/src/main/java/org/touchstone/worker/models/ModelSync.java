package org.touchstone.worker.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Brings models from S3 into a model store. A model appears in the store whole and checked, or not
 * at all. It is fetched as a draft, and each file is compared with its SHA-256 in the manifest.
 * Models that are already in the store are checked and not fetched.
 */
public final class ModelSync {
  /** The age without changes on disk after which a download counts as abandoned. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final S3Client s3;
  private final ModelSource source;
  private final ModelStore store;

  /**
   * @param store where models are brought; who loads them from the same store does not read them
   *     once more to check them
   */
  public ModelSync(S3Client s3, ModelSource source, ModelStore store) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.source = Objects.requireNonNull(source, "source");
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * The outcome of a sync.
   *
   * @param fetched number of models fetched
   * @param present number of models already in the store
   * @param bytes number of bytes fetched
   */
  public record Result(int fetched, int present, long bytes) {}

  /**
   * Brings the wanted models into the store.
   *
   * @param names only these; all when empty
   * @param pins the version of each model named, instead of its newest
   * @throws ModelException when a model is not in S3, is incomplete or does not match its manifest
   * @throws IOException when there is not enough disk space on this machine
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer
   */
  public Result sync(Set<String> names, Map<String, String> pins)
      throws IOException, InterruptedException {
    return sync(names, pins, manifest -> true);
  }

  /**
   * Brings those of the wanted models into the store that can be used here.
   *
   * @param usable the others are left where they are
   * @see #sync(Set, Map)
   */
  public Result sync(Set<String> names, Map<String, String> pins, Predicate<ModelManifest> usable)
      throws IOException, InterruptedException {
    store.removeAbandoned(Instant.now().minus(ABANDONED));
    int fetched = 0;
    int present = 0;
    long bytes = 0;
    try (PartedDownload download = new PartedDownload(s3, source.bucket())) {
      for (RemoteModel model : new RemoteModels(s3, source).find(names, pins)) {
        if (!usable.test(model.manifest())) {
          continue;
        }
        if (store.contains(model.manifestBytes())) {
          present++;
          continue;
        }
        fetch(model, download);
        fetched++;
        bytes += model.bytes();
      }
    }
    return new Result(fetched, present, bytes);
  }

  private void fetch(RemoteModel model, PartedDownload download)
      throws IOException, InterruptedException {
    try (ModelStore.Draft draft = store.draft()) {
      if (model.bytes() > Files.getFileStore(draft.folder()).getUsableSpace()) {
        throw new IOException("not enough disk space for model " + model);
      }
      for (Map.Entry<String, RemoteModel.RemoteFile> file : model.files().entrySet()) {
        Path target = draft.folder().resolve(file.getKey());
        download.fetch(file.getValue(), target);
        if (!Sha256.of(target).equals(model.manifest().files().get(file.getKey()))) {
          throw new ModelException(
              file.getKey()
                  + " of "
                  + model
                  + " in the bucket has other bytes than its manifest says");
        }
      }
      draft.install(model.manifestBytes());
    }
  }
}
