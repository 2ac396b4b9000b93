package org.touchstone.worker.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import software.amazon.awssdk.services.s3.S3Client;

/** The manifests of the models in S3: what endpoints will run, without the gigabytes. */
public final class RemoteManifests {
  private RemoteManifests() {}

  /**
   * Copies the manifest of each model's newest version.
   *
   * @param root an empty folder, laid out as a model store, whose models have no files
   * @throws ModelException when a model in S3 is incomplete or its manifest is wrong; endpoints
   *     could not start with it
   * @throws IOException when the folder cannot be written
   * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer
   */
  public static void copy(S3Client s3, ModelSource source, Path root) throws IOException {
    for (RemoteModel model : new RemoteModels(s3, source).find(Set.of(), Map.of())) {
      Path folder = root.resolve(model.manifest().name()).resolve(model.manifest().version());
      Files.createDirectories(folder);
      Files.write(folder.resolve(ModelManifest.FILE_NAME), model.manifestBytes());
    }
  }
}
