package org.touchstone.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class ModelSyncTest {
  /** Larger than one part of a download, and not a multiple of a part's size. */
  private static final int LARGE = (33 << 20) + 7;

  private static EmbeddedS3 server;
  private static S3Client s3;
  private static int buckets;

  private String bucket;
  private ObjectStore objects;
  private ModelStore store;
  private ModelSync sync;

  @TempDir Path folder;

  @BeforeAll
  static void startS3() {
    server = EmbeddedS3.inMemory();
    s3 = server.client();
  }

  @AfterAll
  static void stopS3() {
    s3.close();
    server.close();
  }

  @BeforeEach
  void newBucket() {
    bucket = "models-" + ++buckets;
    server.createBucket(bucket);
    objects = new ObjectStore(s3, bucket);
    store = new ModelStore(root());
    sync = new ModelSync(s3, ModelSource.parse("s3://" + bucket + "/models"), store);
  }

  private Path root() {
    return folder.resolve("store");
  }

  private static byte[] weights(int bytes) {
    byte[] weights = new byte[bytes];
    new Random(bytes).nextBytes(weights);
    return weights;
  }

  private void upload(String name, String version, byte[] weights) throws Exception {
    upload(name, version, weights, weights);
  }

  private void upload(String name, String version, byte[] weights, byte[] promised)
      throws Exception {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(promised));
    String manifest =
        """
        {"name": "%s", "version": "%s", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "%s"},
         "input": {"name": "x", "layout": "NHWC", "dtype": "uint8", "height": 8, "width": 8,
                   "fit": "stretch"},
         "output": {"name": "y", "activation": "sigmoid", "fakeIndex": 0},
         "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "generative",
         "tracks": ["image"], "trainedOn": [], "calibratedOn": []}
        """
            .formatted(name, version, sha256);
    String prefix = "models/" + name + "/" + version + "/";
    objects.put(prefix + "model.onnx", weights, "application/octet-stream");
    objects.put(prefix + "model.json", manifest.getBytes(), "application/json");
  }

  private ModelSync.Result syncAll() throws IOException, InterruptedException {
    return sync.sync(Set.of(), Map.of());
  }

  private Stream<String> installed() {
    return new ModelStore(root())
        .list().stream().map(m -> m.manifest().name() + "/" + m.manifest().version());
  }

  @Test
  void bringsTheNewestVersionOfEveryModelWholeAndChecked() throws Exception {
    byte[] large = weights(LARGE);
    upload("ufd", "1.9", weights(10));
    upload("ufd", "1.10", large);
    upload("genconvit", "1.0", weights(20));

    assertThat(syncAll()).isEqualTo(new ModelSync.Result(2, 0, LARGE + 20L));

    assertThat(installed()).containsExactly("genconvit/1.0", "ufd/1.10");
    ModelStore unaware = new ModelStore(root());
    InstalledModel model = unaware.open("ufd", "1.10");
    unaware.verify(model);
    assertThat(model.folder().resolve("model.onnx")).hasBinaryContent(large);
    try (Stream<Path> files = Files.list(root())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsOnly("genconvit", "ufd", ".lock");
    }
  }

  @Test
  void fetchesNothingThatIsThere() throws Exception {
    upload("ufd", "1.0", weights(100));
    syncAll();
    FileTime before = Files.getLastModifiedTime(root().resolve("ufd/1.0/model.onnx"));

    assertThat(syncAll()).isEqualTo(new ModelSync.Result(0, 1, 0));
    assertThat(Files.getLastModifiedTime(root().resolve("ufd/1.0/model.onnx"))).isEqualTo(before);
  }

  @Test
  void replacesAModelThatWasDamagedOnDisk() throws Exception {
    upload("ufd", "1.0", weights(100));
    syncAll();
    Files.writeString(root().resolve("ufd/1.0/model.onnx"), "damaged");

    assertThat(syncAll().fetched()).isEqualTo(1);
    assertThat(root().resolve("ufd/1.0/model.onnx")).hasBinaryContent(weights(100));
  }

  @Test
  void clearsAwayWhatAKilledContainerLeftBehindAndNothingThatAnotherWorksOn() throws Exception {
    Path abandoned = Files.createDirectories(root().resolve(".new-1/model"));
    Path goingOn = Files.createDirectories(root().resolve(".new-2/model"));
    for (Path model : List.of(abandoned, goingOn)) {
      Files.write(model.resolve("model.onnx"), weights(100));
      for (Path old : List.of(model.resolve("model.onnx"), model, model.getParent())) {
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      }
    }
    Files.write(goingOn.resolve("model.onnx"), weights(200));

    syncAll();

    assertThat(abandoned.getParent()).doesNotExist();
    assertThat(goingOn.resolve("model.onnx")).hasBinaryContent(weights(200));
  }

  @Test
  void bringsOnlyWhatIsNamedAndPinned() throws Exception {
    upload("ufd", "1.0", weights(10));
    upload("ufd", "2.0", weights(11));
    upload("genconvit", "1.0", weights(12));

    sync.sync(Set.of("ufd"), Map.of("ufd", "1.0"));

    assertThat(installed()).containsExactly("ufd/1.0");
  }

  @Test
  void installsNothingWhoseBytesAreNotThoseOfItsManifest() throws Exception {
    upload("ufd", "1.0", weights(100), weights(101));

    assertThatThrownBy(this::syncAll)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ufd/1.0")
        .hasMessageNotContaining(folder.toString());
    assertThat(installed()).isEmpty();
    try (Stream<Path> files = Files.walk(root())) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void refusesAModelThatLacksAFile() throws Exception {
    upload("ufd", "1.0", weights(10));
    objects.delete("models/ufd/1.0/model.onnx");

    assertThatThrownBy(this::syncAll)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lacks model.onnx");
  }

  @Test
  void leavesOutAModelThatIsStillBeingUploaded() throws Exception {
    upload("ufd", "1.0", weights(10));
    objects.put("models/ufd/2.0/model.onnx", weights(11), "application/octet-stream");

    syncAll();

    assertThat(installed()).containsExactly("ufd/1.0");
  }

  @Test
  void namesAModelThatIsNotThere() throws Exception {
    upload("ufd", "1.0", weights(10));

    assertThatThrownBy(() -> sync.sync(Set.of("ufd", "ftcn"), Map.of()))
        .hasMessageContaining("ftcn");
    assertThatThrownBy(() -> sync.sync(Set.of(), Map.of("ufd", "3.0")))
        .hasMessageContaining("ufd/3.0");
  }

  @Test
  void whatWasCheckedWhenItWasFetchedIsNotReadAgain() throws Exception {
    upload("ufd", "1.0", weights(4));
    syncAll();
    InstalledModel model = store.find("ufd").orElseThrow();
    FileTime fetched = Files.getLastModifiedTime(model.modelPath());
    Files.write(model.modelPath(), new byte[4]);
    Files.setLastModifiedTime(model.modelPath(), fetched);

    assertThatCode(() -> store.verify(model)).doesNotThrowAnyException();
    assertThat(syncAll().present()).isEqualTo(1);
    assertThatThrownBy(() -> new ModelStore(root()).verify(model))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void aBucketThatIsNotThereIsAFault() {
    ModelSync wrong = new ModelSync(s3, ModelSource.parse("s3://no-such-bucket/models/"), store);

    assertThatThrownBy(() -> wrong.sync(Set.of(), Map.of()))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void sourcesAreAddressesOfS3() {
    assertThat(ModelSource.parse("s3://bucket")).isEqualTo(new ModelSource("bucket", ""));
    assertThat(ModelSource.parse("s3://bucket/a/b")).isEqualTo(new ModelSource("bucket", "a/b/"));
    assertThatThrownBy(() -> ModelSource.parse("https://bucket/a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
