package org.touchstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    assertThatThrownBy(() -> store.verify(model)).hasMessageContaining("not a regular file");
  }

  @Test
  void addsAModelInOneStep() throws IOException {
    ModelStore store = new ModelStore(root.resolve("new"));
    try (ModelStore.Draft draft = store.draft()) {
      Files.write(draft.folder().resolve("model.onnx"), MODEL);
      assertThat(store.list()).isEmpty();

      InstalledModel model = draft.install(manifest("a", "1", MODEL));

      assertThat(model.folder()).isEqualTo(root.resolve("new/a/1"));
      assertThatCode(() -> store.verify(model)).doesNotThrowAnyException();
    }
    assertThat(store.list()).hasSize(1);
    assertThat(names(root.resolve("new"))).containsExactlyInAnyOrder("a", ".lock");
  }

  @Test
  void leavesNothingOfADraftThatIsNotInstalled() throws IOException {
    ModelStore store = new ModelStore(root);
    try (ModelStore.Draft draft = store.draft()) {
      assertThatThrownBy(() -> draft.install("{}".getBytes())).isInstanceOf(ModelException.class);
      assertThatThrownBy(() -> draft.install(manifest("a", "1", MODEL)))
          .isInstanceOf(ModelException.class)
          .hasMessage("model.onnx is missing");
    }
    assertThat(names(root)).isEmpty();
  }

  @Test
  void replacesAVersionOnlyByOtherBytes() throws IOException {
    ModelStore store = new ModelStore(root);
    InstalledModel first = add(store, "a", "1", MODEL);
    Object inode = Files.getAttribute(first.folder(), "fileKey");
    add(store, "a", "1", MODEL);
    assertThat(Files.getAttribute(first.folder(), "fileKey")).isEqualTo(inode);

    Files.write(first.modelPath(), "damaged".getBytes());
    add(store, "a", "1", MODEL);
    assertThat(first.modelPath()).hasBinaryContent(MODEL);

    byte[] other = "other".getBytes();
    add(store, "a", "1", other);
    assertThat(first.modelPath()).hasBinaryContent(other);
    assertThat(store.contains(manifest("a", "1", other))).isTrue();
    assertThat(store.contains(manifest("a", "1", MODEL))).isFalse();
  }

  @Test
  void removesOneVersion() throws IOException {
    ModelStore store = new ModelStore(root);
    InstalledModel one = add(store, "a", "1", MODEL);
    add(store, "a", "2", MODEL);

    store.remove(one);
    store.remove(one);

    assertThat(store.list()).extracting(m -> m.manifest().version()).containsExactly("2");
  }

  @Test
  void oneWriterAtATimePutsAModelInItsPlace() throws Exception {
    ModelStore store = new ModelStore(root);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var writers =
          IntStream.range(0, 24)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> add(new ModelStore(root), "a", "1", new byte[] {(byte) i})))
              .toList();
      for (var writer : writers) {
        writer.get();
      }
    }
    InstalledModel last = store.open("a", "1");
    assertThatCode(() -> store.verify(last)).doesNotThrowAnyException();
    assertThat(names(root)).containsExactlyInAnyOrder("a", ".lock");
  }

  private static InstalledModel add(ModelStore store, String name, String version, byte[] model)
      throws IOException {
    try (ModelStore.Draft draft = store.draft()) {
      Files.write(draft.folder().resolve("model.onnx"), model);
      return draft.install(manifest(name, version, model));
    }
  }

  private static byte[] manifest(String name, String version, byte[] model) {
    return TestModels.manifest(name, version, 8)
        .replace("@SHA256@", TestModels.sha256(model))
        .getBytes();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void install(String name, String version) {
    TestModels.install(root, TestModels.manifest(name, version, 8), MODEL);
  }
}
