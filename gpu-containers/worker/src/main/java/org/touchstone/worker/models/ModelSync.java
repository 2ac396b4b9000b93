package org.touchstone.worker.models;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.worker.Sha256;
import org.touchstone.worker.WorkFolder;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Brings models from S3 into a model store. A model appears in the store whole and checked or not
 * at all: it is fetched beside it, each file compared with the SHA-256 of its manifest, and moved
 * there in one step. What is there already is checked and not fetched.
 */
public final class ModelSync {
  private static final Logger LOG = Logger.getLogger(ModelSync.class);

  /** How long nothing of a download has changed on disk when whoever made it is gone. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final S3Client s3;
  private final ModelSource source;
  private final Path root;

  /**
   * @param root the model store's folder, made when absent
   */
  public ModelSync(S3Client s3, ModelSource source, Path root) {
    this.s3 = Objects.requireNonNull(s3, "s3");
    this.source = Objects.requireNonNull(source, "source");
    this.root = Objects.requireNonNull(root, "root");
  }

  /**
   * What was done.
   *
   * @param fetched models fetched
   * @param present models that were there
   * @param bytes fetched
   */
  public record Result(int fetched, int present, long bytes) {}

  /**
   * Brings the wanted models.
   *
   * @param names only these; all when empty
   * @param pins the version of each model named, instead of its newest
   * @throws ModelException when one is not in S3, is not whole or has other bytes than it should
   * @throws IOException when there is no room for them on this machine
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer
   */
  public Result sync(Set<String> names, Map<String, String> pins)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    WorkFolder.deleteAbandoned(root, Instant.now().minus(ABANDONED));
    int fetched = 0;
    int present = 0;
    long bytes = 0;
    try (PartedDownload download = new PartedDownload(s3, source.bucket())) {
      for (RemoteModel model : new RemoteModels(s3, source).find(names, pins)) {
        if (isPresent(model)) {
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

  private boolean isPresent(RemoteModel model) throws IOException {
    Path manifest = folder(model).resolve(ModelManifest.FILE_NAME);
    if (!Files.isRegularFile(manifest)
        || Files.size(manifest) != model.manifestBytes().length
        || !Arrays.equals(Files.readAllBytes(manifest), model.manifestBytes())) {
      return false;
    }
    try {
      ModelStore store = new ModelStore(root);
      store.verify(store.open(model.manifest().name(), model.manifest().version()));
      return true;
    } catch (ModelException e) {
      LOG.warnf("%s is fetched again: %s", model, e.getMessage());
      return false;
    }
  }

  private void fetch(RemoteModel model, PartedDownload download)
      throws IOException, InterruptedException {
    if (model.bytes() > Files.getFileStore(root).getUsableSpace()) {
      throw new IOException("no room for model " + model);
    }
    try (WorkFolder work = WorkFolder.in(root)) {
      Path folder = Files.createDirectory(work.file("model"));
      for (Map.Entry<String, RemoteModel.RemoteFile> file : model.files().entrySet()) {
        Path target = folder.resolve(file.getKey());
        download.fetch(file.getValue(), target);
        if (!Sha256.of(target).equals(model.manifest().files().get(file.getKey()))) {
          throw new ModelException(
              file.getKey()
                  + " of "
                  + model
                  + " in the bucket has other bytes than its manifest says");
        }
      }
      Files.write(folder.resolve(ModelManifest.FILE_NAME), model.manifestBytes());
      replace(folder, model, work);
    }
  }

  /** What was in its place, damaged or of other bytes, goes with the work folder. */
  private void replace(Path folder, RemoteModel model, WorkFolder work) throws IOException {
    Path place = folder(model);
    Files.createDirectories(place.getParent());
    if (Files.exists(place)) {
      Files.move(place, work.file("replaced"), StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another container on this machine was faster.
      if (!isPresent(model)) {
        throw e;
      }
    }
  }

  private Path folder(RemoteModel model) {
    return root.resolve(model.manifest().name()).resolve(model.manifest().version());
  }
}
