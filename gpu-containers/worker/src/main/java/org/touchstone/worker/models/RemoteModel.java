package org.touchstone.worker.models;

import java.util.Map;
import org.touchstone.models.ModelManifest;

/**
 * A complete model in S3.
 *
 * @param manifest its {@code model.json}
 * @param manifestBytes the manifest's bytes as stored
 * @param files every file that the manifest lists
 */
record RemoteModel(ModelManifest manifest, byte[] manifestBytes, Map<String, RemoteFile> files) {

  /**
   * An object in S3.
   *
   * @param eTag the version of the object that was listed
   */
  record RemoteFile(String key, long bytes, String eTag) {}

  long bytes() {
    return files.values().stream().mapToLong(RemoteFile::bytes).sum();
  }

  @Override
  public String toString() {
    return manifest.name() + "/" + manifest.version();
  }
}
