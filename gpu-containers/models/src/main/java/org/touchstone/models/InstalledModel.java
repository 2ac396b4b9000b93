package org.touchstone.models;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A model in the store.
 *
 * @param manifest the model's description
 * @param folder the folder of its files
 */
public record InstalledModel(ModelManifest manifest, Path folder) {
  public InstalledModel {
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(folder, "folder");
  }

  /** The file that the engine loads. */
  public Path modelPath() {
    return folder.resolve(manifest.modelFile());
  }
}
