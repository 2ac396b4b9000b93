package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.testing.models.TestModels;

class ModelStoreTest {
  private static final byte[] MODEL = "weights".getBytes();

  @TempDir Path root;

  @Test
  void isEmptyWithoutARoot() {
    ModelStore store = new ModelStore(root.resolve("nowhere"));

    assertThat(store.list()).isEmpty();
    assertThat(store.find("tiny")).isEmpty();
  }

  @Test
  void findsTheNewestVersionOfEachModel() {
    install("a", "1.9");
    install("a", "1.10");
    install("b", "2");

    ModelStore store = new ModelStore(root);

    assertThat(store.list()).hasSize(3);
    assertThat(store.newest())
        .extracting(m -> m.manifest().name() + " " + m.manifest().version())
        .containsExactly("a 1.10", "b 2");
  }

  @Test
  void findsThePinnedVersion() {
    install("a", "1.9");
    install("a", "1.10");

    assertThat(
            new ModelStore(root, Map.of("a", "1.9")).find("a").orElseThrow().manifest().version())
        .isEqualTo("1.9");
    assertThat(new ModelStore(root, Map.of("a", "3")).find("a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.9, 1.10",
    "1.0-rc1, 1.0",
    "1.0, 1.0.1",
    "2, 10",
    "2025-12-31, 2026-01-01",
    "1.0-rc2, 1.0-rc10",
    "1, 99999999999999999999999"
  })
  void ordersVersions(String older, String newer) {
    assertThat(Versions.compare(older, newer)).isNegative();
    assertThat(Versions.compare(newer, older)).isPositive();
    assertThat(Versions.compare(older, older)).isZero();
  }

  @Test
  void leavesOutWhatIsNoModel() throws IOException {
    install("good", "1");
    Files.createDirectories(root.resolve("empty/1"));
    Files.createDirectories(root.resolve("broken/1"));
    Files.writeString(root.resolve("broken/1/model.json"), "{");
    Files.createDirectories(root.resolve("renamed"));
    Files.move(Files.createDirectories(root.resolve("x")), root.resolve("renamed/1"));
    Files.copy(root.resolve("good/1/model.json"), root.resolve("renamed/1/model.json"));
    Files.writeString(root.resolve("file"), "");

    assertThat(new ModelStore(root).list())
        .extracting(m -> m.manifest().name())
        .containsExactly("good");
  }

  @ParameterizedTest
  @CsvSource({"../good, 1", "good, ..", "good, ../1", "good, a..b", "/, 1", "GOOD, 1"})
  void refusesNamesThatLeadElsewhere(String name, String version) {
    install("good", "1");

    assertThatThrownBy(() -> new ModelStore(root).open(name, version))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void refusesFilesThatAreNotTheListedOnes() throws IOException {
    install("a", "1");
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find("a").orElseThrow();
    assertThatCode(() -> store.verify(model)).doesNotThrowAnyException();

    Files.write(model.modelPath(), "tampered!".getBytes());
    assertThatThrownBy(() -> store.verify(model))
        .hasMessageContaining("model.onnx")
        .hasMessageContaining("SHA-256");

    Files.write(model.modelPath(), MODEL);
    assertThatCode(() -> store.verify(model)).doesNotThrowAnyException();

    Files.delete(model.modelPath());
    assertThatThrownBy(() -> store.verify(model)).hasMessageContaining("missing");
  }

  @Test
  void readsAFileAgainOnlyWhenItChanged() throws IOException {
    install("a", "1");
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find("a").orElseThrow();
    store.verify(model);
    FileTime before = Files.getLastModifiedTime(model.modelPath());

    // Same size, same time: by contract not looked at again.
    Files.write(model.modelPath(), "WEIGHTS".getBytes());
    Files.setLastModifiedTime(model.modelPath(), before);

    assertThatCode(() -> store.verify(model)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new ModelStore(root).verify(model)).isInstanceOf(ModelException.class);
  }

  @Test
  void refusesLinksInPlaceOfFiles() throws IOException {
    install("a", "1");
    Path elsewhere = Files.write(root.resolve("elsewhere"), MODEL);
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find("a").orElseThrow();
    Files.delete(model.modelPath());
    Files.createSymbolicLink(model.modelPath(), elsewhere);

    assertThatThrownBy(() -> store.verify(model)).hasMessageContaining("no regular file");
  }

  private void install(String name, String version) {
    TestModels.install(root, TestModels.manifest(name, version, 8), MODEL);
  }
}
