package org.touchstone.local.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ImportedModel;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.domain.files.Folders;
import org.touchstone.domain.files.Sha256;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;

/**
 * Downloads a published checkpoint and imports it. Downloads are kept until the model is installed,
 * so that a repeated installation does not download them again.
 */
public final class ModelInstaller {
  private static final String DOWNLOADS = ".downloads";

  private final Path models;
  private final Downloader downloader;

  /**
   * @param models the model store, which also holds the downloads
   */
  public ModelInstaller(Path models, Downloader downloader) {
    this.models = Objects.requireNonNull(models, "models");
    this.downloader = Objects.requireNonNull(downloader, "downloader");
  }

  /**
   * Installs a model. The caller must first check that its licence allows this.
   *
   * @param received receives each file whose checksum is not in the catalogue, with its actual
   *     checksum
   * @throws DownloadException when a file cannot be downloaded, or another process is installing
   *     the model
   * @throws org.touchstone.checkpoints.tensor.CheckpointException when the files are not a
   *     checkpoint of that model
   */
  public ImportedModel install(
      CatalogueEntry entry,
      Precision precision,
      DownloadProgress downloading,
      BiConsumer<String, String> received,
      ImportProgress importing) {
    Path folder = models.resolve(DOWNLOADS).resolve(entry.name());
    List<Path> files = new ArrayList<>();
    try (FileMutex lock = lock(entry.name())) {
      for (CatalogueFile file : entry.files()) {
        files.add(downloader.download(file, folder, downloading));
        if (file.sha256().isEmpty()) {
          received.accept(file.name(), Sha256.of(files.getLast()));
        }
      }
      ImportedModel model =
          new ModelImporter(models)
              .importModel(
                  new ImportRequest(
                      entry.detector(),
                      files,
                      precision,
                      Optional.of(entry.licence()),
                      entry.trainedOn()),
                  importing);
      Folders.delete(folder);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("the downloads cannot be read or removed", e);
    }
  }

  /** Ensures that only one process at a time installs a model. */
  private FileMutex lock(String name) throws IOException {
    return FileMutex.tryLock(models.resolve(DOWNLOADS).resolve(name + ".lock"))
        .orElseThrow(
            () ->
                new DownloadException(
                    Kind.NOT_WRITTEN, name + " is being installed by another process"));
  }
}
