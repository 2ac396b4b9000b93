package org.touchstone.worker.models;

import java.util.Map;
import org.touchstone.models.ModelManifest;

/**
 * A model in S3 that is whole.
 *
 * @param manifest its {@code model.json}
 * @param manifestBytes the same as it is stored
 * @param files each file of the manifest
 */
record RemoteModel(ModelManifest manifest, byte[] manifestBytes, Map<String, RemoteFile> files) {

  /**
   * An object.
   *
   * @param eTag the version of it that was listed
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
