package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.Precision;
import org.touchstone.domain.files.FileMutex;
import org.touchstone.domain.link.WebLink;
import org.touchstone.local.models.DownloadException.Kind;
import org.touchstone.local.models.ModelInstaller.Installed;
import org.touchstone.local.selftest.SelfTestException;
import org.touchstone.local.selftest.SelfTestResult;
import org.touchstone.local.selftest.SelfTests;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueFile;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.models.TestModels;

class ModelInstallerTest {
  private static final int SIDE = 16;

  @TempDir Path work;

  @Test
  void installsAModelThatRunsAsItIsPublished() throws IOException {
    CatalogueEntry entry = entry("rev-one", model(1), "");
    Installed first = install(entry);
    assertThat(first.version()).matches("1-rev-one-[0-9a-f]{8}");
    assertThat(first.already()).isFalse();

    InstalledModel model = store().find("redness").orElseThrow();
    assertThat(model.manifest().licence()).isEqualTo("MIT");
    assertThat(model.manifest().trainedOn()).containsExactly("red pictures");
    assertThat(Origin.read(model).orElseThrow().revision()).contains("rev-one");
    assertThat(model.folder().resolve(".self-test.json")).exists();
    assertThat(models().resolve(".downloads/redness")).doesNotExist();

    Files.delete(given().resolve("redness.onnx"));
    assertThat(install(entry).already()).isTrue();
  }

  @Test
  void aNewRevisionBecomesTheNewestAndTheOldOneStays() throws IOException {
    // In the order of the alphabet, the new revision comes first.
    install(entry("zzz", model(1), ""));
    install(entry("aaa", model(2), ""));
    assertThat(store().find("redness").orElseThrow().manifest().version()).startsWith("2-aaa-");
    assertThat(store().list()).hasSize(2);
  }

  @Test
  void itIsNewerThanAVersionThatSomebodyNamedByHand() throws IOException {
    for (String version : List.of("5", "2026.1", "20260501123456")) {
      TestModels.install(models(), TestModels.manifest("redness", version, SIDE), model(3));
      CatalogueEntry entry = entry("rev" + version.length(), model(1), "");
      Installed installed = install(entry);
      assertThat(store().find("redness").orElseThrow().manifest().version())
          .isEqualTo(installed.version());
      assertThat(install(entry).already()).isTrue();
    }
  }

  @Test
  void downloadsOfAProcessThatWasKilledAfterItHadInstalledAreRemoved() throws IOException {
    CatalogueEntry entry = entry("one", model(1), "");
    install(entry);
    Path left = Files.createDirectories(models().resolve(".downloads/redness"));
    Files.write(left.resolve("redness.onnx"), model(1));
    assertThat(install(entry).already()).isTrue();
    assertThat(left).doesNotExist();
  }

  @Test
  void aGivenFileOfAnotherSizeIsRefusedAlsoWithoutAChecksum() throws IOException {
    CatalogueFile file =
        new CatalogueFile(
            "a.onnx", WebLink.parse("https://hub.example/a"), Optional.empty(), 10, true);
    CatalogueEntry entry = entry("one", model(1), "");
    Files.write(given().resolve("a.onnx"), new byte[9]);
    assertThatThrownBy(() -> new GivenFolder(given()).get(entry, file, work, DownloadProgress.NONE))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_SIZE));
  }

  @Test
  void anotherManifestForTheSameFileIsAnotherVersion() throws IOException {
    Installed one = install(entry("rev", model(1), ""));
    Installed other = install(entry("rev", model(1), "\"family\": \"reds\","));
    assertThat(other.version()).isNotEqualTo(one.version()).startsWith("2-rev-");
  }

  @Test
  void aModelThatFailsItsTestIsNotUsedAndTheOldOneStays() throws IOException {
    Installed good = install(entry("one", model(1), ""));
    CatalogueEntry bad = entry("two", model(Float.NaN), "");
    assertThatThrownBy(() -> install(bad)).isInstanceOf(SelfTestException.class);
    assertThat(store().newest()).hasSize(1);
    assertThat(store().find("redness").orElseThrow().manifest().version())
        .isEqualTo(good.version());
    try (Stream<Path> left = Files.list(models())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".new-"));
    }
  }

  @Test
  void aManifestThatLiesAboutTheFileIsNotInstalled() throws IOException {
    CatalogueEntry lying =
        entry("one", TestModels.means(SIDE * 2, new float[][] {{1, 0, 0}}, new float[1]), "");
    assertThatThrownBy(() -> install(lying))
        .isInstanceOf(SelfTestException.class)
        .hasMessageNotContaining(work.toString());
    assertThat(store().list()).isEmpty();
  }

  @Test
  void aDamagedInstallationIsInstalledAgain() throws IOException {
    CatalogueEntry entry = entry("one", model(1), "");
    install(entry);
    Files.write(store().find("redness").orElseThrow().modelPath(), new byte[1]);
    assertThat(install(entry).already()).isFalse();
    InstalledModel model = store().find("redness").orElseThrow();
    store().verify(model);
  }

  @Test
  void aFileOfAnotherChecksumOrNoneAtAllIsTold() throws IOException {
    CatalogueEntry entry = entry("one", model(1), "");
    Files.write(given().resolve("redness.onnx"), model(2));
    assertKind(Kind.WRONG_CHECKSUM, entry);
    Files.write(given().resolve("redness.onnx"), new byte[1 << 20]);
    assertKind(Kind.TOO_LARGE, entry);
    Files.delete(given().resolve("redness.onnx"));
    assertKind(Kind.UNAVAILABLE, entry);
  }

  @Test
  void aFolderPerEntryKeepsFilesOfOneNameApart() throws IOException {
    CatalogueEntry entry = entry("one", model(1), "");
    Files.createDirectories(given().resolve("redness"));
    Files.move(given().resolve("redness.onnx"), given().resolve("redness/redness.onnx"));
    Files.write(given().resolve("redness.onnx"), new byte[1]);
    assertThat(install(entry).already()).isFalse();
  }

  @Test
  void aCheckpointIsImportedAndTested() throws IOException {
    byte[] checkpoint =
        Files.readAllBytes(
            CheckpointWriter.zip(
                work.resolve("a.pth"), "", FormulaTensor.of("retinaface", "keys")));
    Files.createDirectories(given());
    Files.write(given().resolve("faces.pth"), checkpoint);
    CatalogueEntry entry =
        Catalogues.read(
                Files.writeString(
                    work.resolve("catalogue.json"),
                    """
                    {"models": [{"name": "faces", "detector": "retinaface", "licence": "MIT",
                      "homepage": "h", "files": [{"name": "faces.pth",
                        "url": "https://hub.example/faces.pth", "maxBytes": 9000000}]}]}
                    """))
            .find("faces")
            .orElseThrow();
    String[] told = new String[2];
    ModelInstaller installer = installer();
    InstallListener listener =
        new InstallListener() {
          @Override
          public void unpublished(String file, String sha256) {
            told[0] = sha256;
          }

          @Override
          public void tested(SelfTestResult result) {
            told[1] = result.kind().title();
          }
        };
    assertThat(installer.install(entry, Precision.FP32, listener).version()).startsWith("1-");
    assertThat(told).containsExactly(TestModels.sha256(checkpoint), "structure only");
    InstalledModel model = store().find("retinaface").orElseThrow();
    assertThat(Origin.read(model).orElseThrow().files())
        .containsEntry("faces.pth", TestModels.sha256(checkpoint));
    assertThat(given().resolve("faces.pth")).hasBinaryContent(checkpoint);
  }

  @Test
  void onlyOneProcessAtATimeInstallsIntoAStore() throws IOException {
    try (FileMutex one = ModelInstaller.lock(models())) {
      assertThat(one).isNotNull();
      assertThatThrownBy(() -> ModelInstaller.lock(models()))
          .isInstanceOfSatisfying(
              DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_WRITTEN))
          .hasMessage("another process is installing models here");
    }
  }

  @Test
  void knowsHowMuchSpaceIsMissing() throws IOException {
    byte[] bytes = model(1);
    CatalogueEntry entry = entry("one", bytes, "");
    assertThat(installer().missingBytes(entry, Precision.FP32)).isEqualTo(bytes.length);
    Path downloads = Files.createDirectories(models().resolve(".downloads/redness"));
    Files.write(downloads.resolve("redness.onnx.part"), new byte[100]);
    assertThat(installer().missingBytes(entry, Precision.FP32)).isEqualTo(bytes.length - 100);
    install(entry);
    assertThat(installer().missingBytes(entry, Precision.FP32)).isZero();
  }

  private void assertKind(Kind kind, CatalogueEntry entry) {
    assertThatThrownBy(() -> install(entry))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageNotContaining(work.toString());
  }

  /** An entry of these bytes, which lie in the given folder. */
  private CatalogueEntry entry(String revision, byte[] bytes, String more) throws IOException {
    Files.createDirectories(given());
    Files.write(given().resolve("redness.onnx"), bytes);
    return Catalogues.read(
            Files.writeString(work.resolve("catalogue.json"), catalogue(revision, bytes, more)))
        .find("redness")
        .orElseThrow();
  }

  /** A catalogue of one model that runs as it is. */
  public static String catalogue(String revision, byte[] bytes, String more) {
    return """
        {"models": [{"name": "redness", "revision": "%s",
          "licences": {"weights": "MIT", "data": "red pictures"}, "homepage": "h",
          "trainedOn": ["red pictures"], "looksAt": "red", "recommended": true,
          "files": [{"name": "redness.onnx", "url": "https://hub.example/redness.onnx",
            "sha256": "%s", "bytes": %d}],
          "manifest": {"engine": "OnnxRuntime", %s
            "input": {"name": "images", "layout": "NHWC", "dtype": "uint8", "height": %d,
              "width": %d},
            "output": {"name": "logits", "activation": "sigmoid"},
            "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "generative",
            "tracks": ["image"]}}]}
        """
        .formatted(revision, TestModels.sha256(bytes), bytes.length, more, SIDE, SIDE);
  }

  private static byte[] model(float weight) {
    return TestModels.means(SIDE, new float[][] {{weight, 0, 0}}, new float[1]);
  }

  private Installed install(CatalogueEntry entry) {
    return installer().install(entry, Precision.FP32, InstallListener.NONE);
  }

  private ModelInstaller installer() {
    return new ModelInstaller(models(), new GivenFolder(given()), new SelfTests());
  }

  private ModelStore store() {
    return new ModelStore(models());
  }

  private Path models() {
    return work.resolve("models");
  }

  private Path given() {
    return work.resolve("given");
  }
}
