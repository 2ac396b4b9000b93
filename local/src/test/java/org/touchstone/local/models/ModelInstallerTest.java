package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportedModel;
import org.touchstone.checkpoints.Precision;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.fetch.Fetcher;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;

class ModelInstallerTest {
  @TempDir Path folder;

  @Test
  void letsOneProcessInstallAModelAtATime() throws IOException {
    byte[] checkpoint =
        Files.readAllBytes(
            CheckpointWriter.zip(
                folder.resolve("a.pth"), "", FormulaTensor.of("retinaface", "keys")));
    Path models = folder.resolve("models");
    try (FileServer server = new FileServer();
        Fetcher fetcher = new Fetcher(Downloader.WITH_PRIVATE)) {
      server.answering(FileServer.file(checkpoint, null));
      CatalogueEntry entry =
          new CatalogueEntry(
              "faces",
              "retinaface",
              "MIT",
              Optional.empty(),
              "https://example.org/",
              List.of(),
              Optional.empty(),
              List.of(
                  new CatalogueFile("a.pth", server.link(), Optional.empty(), checkpoint.length)));
      ModelInstaller installer =
          new ModelInstaller(models, new Downloader(fetcher, true, Duration.ZERO));
      try (FileMutex other =
          FileMutex.tryLock(models.resolve(".downloads/faces.lock")).orElseThrow()) {
        assertThat(other).isNotNull();
        assertThatThrownBy(() -> install(installer, entry))
            .isInstanceOfSatisfying(
                DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_WRITTEN))
            .hasMessage("faces is being installed by another process");
      }
      assertThat(server.requests()).isEmpty();
      assertThat(install(installer, entry).folder()).isDirectoryContaining("glob:**model.json");
      assertThat(models.resolve(".downloads").resolve("faces")).doesNotExist();
    }
  }

  private static ImportedModel install(ModelInstaller installer, CatalogueEntry entry) {
    return installer.install(
        entry, Precision.FP32, DownloadProgress.NONE, (file, sha256) -> {}, ImportProgress.NONE);
  }
}
