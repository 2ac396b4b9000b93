package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;
import org.touchstone.worker.models.ModelSource;
import org.touchstone.worker.models.ModelSync;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class ModelPushTest {
  private static final int SIDE = 16;
  private static final ModelSource SOURCE = ModelSource.parse("s3://deployment/models");

  @TempDir Path work;

  private EmbeddedS3 server;
  private S3Client s3;
  private ModelPush push;

  @BeforeEach
  void start() {
    server = EmbeddedS3.inMemory();
    server.createBucket("deployment");
    s3 = server.client();
    push = new ModelPush(s3, SOURCE, models());
  }

  @AfterEach
  void stop() {
    s3.close();
    server.close();
  }

  @Test
  void anEndpointFetchesWhatWasPushed() throws Exception {
    ModelPush.Result result = push.push(install("1", 1), DownloadProgress.NONE);
    assertThat(result.uploaded()).isEqualTo(2);

    ModelStore fetched = new ModelStore(work.resolve("endpoint"));
    ModelSync sync = new ModelSync(s3, SOURCE, fetched);
    assertThat(sync.sync(Set.of(), Map.of()).fetched()).isEqualTo(1);
    InstalledModel there = fetched.find("redness").orElseThrow();
    assertThat(there.modelPath())
        .hasSameBinaryContentAs(new ModelStore(models()).find("redness").orElseThrow().modelPath());
  }

  @Test
  void whatIsThereIsNotUploadedAgainAndTheRestIs() throws IOException {
    InstalledModel model = install("1", 1);
    push.push(model, DownloadProgress.NONE);
    assertThat(push.push(model, DownloadProgress.NONE))
        .isEqualTo(new ModelPush.Result(0, 2, 0, Optional.empty()));

    s3.putObject(
        r -> r.bucket("deployment").key("models/redness/1/model.onnx"),
        RequestBody.fromBytes(new byte[3]));
    assertThat(push.push(model, DownloadProgress.NONE).uploaded()).isEqualTo(1);
    assertThat(push.push(model, DownloadProgress.NONE).uploaded()).isZero();
  }

  @Test
  void theManifestComesLast() throws IOException {
    List<String> keys = new ArrayList<>();
    S3Client noted =
        watched(
            (method, argument) -> {
              if (method.equals("putObject") && argument instanceof PutObjectRequest put) {
                keys.add(put.key());
              }
            });
    new ModelPush(noted, SOURCE, models()).push(install("1", 1), DownloadProgress.NONE);

    assertThat(keys).containsExactly("models/redness/1/model.onnx", "models/redness/1/model.json");
  }

  @Test
  void aDamagedModelIsNotUploaded() throws IOException {
    InstalledModel model = install("1", 1);
    Files.write(model.modelPath(), new byte[1]);
    assertThatThrownBy(() -> push.push(model, DownloadProgress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageNotContaining(work.toString());
    assertThat(s3.listObjectsV2(r -> r.bucket("deployment")).contents()).isEmpty();
  }

  @Test
  void anotherModelOfThatVersionIsNotReplacedPieceByPiece() throws IOException {
    push.push(install("1", 1), DownloadProgress.NONE);
    InstalledModel other = install("1", 2);
    assertThatThrownBy(() -> push.push(other, DownloadProgress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("give yours another version");
  }

  @Test
  void tellsOfANewerVersionInTheBucketWhichTheDeploymentUsesInstead() throws IOException {
    push.push(install("10", 1), DownloadProgress.NONE);
    s3.putObject(
        r -> r.bucket("deployment").key("models/redness/11/model.onnx"),
        RequestBody.fromBytes(new byte[3]));
    s3.putObject(
        r -> r.bucket("deployment").key("models/redness-two/12/model.json"),
        RequestBody.fromBytes(new byte[3]));
    assertThat(push.push(install("9", 1), DownloadProgress.NONE).newer()).contains("10");
    assertThat(push.push(install("10", 1), DownloadProgress.NONE).newer()).isEmpty();
  }

  @Test
  void aForeignManifestIsToldFromOursWithoutReadingAllOfIt() throws IOException {
    s3.putObject(
        r -> r.bucket("deployment").key("models/redness/1/model.json"),
        RequestBody.fromBytes(new byte[3 << 20]));
    InstalledModel model = install("1", 1);
    S3Client neverRead =
        watched((method, argument) -> assertThat(method).isNotEqualTo("getObjectAsBytes"));
    assertThatThrownBy(
            () -> new ModelPush(neverRead, SOURCE, models()).push(model, DownloadProgress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("give yours another version");
  }

  /** The client, and whoever is told of each call's name and first argument before it. */
  private S3Client watched(BiConsumer<String, Object> watcher) {
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(),
            new Class<?>[] {S3Client.class},
            (proxy, method, arguments) -> {
              watcher.accept(method.getName(), arguments == null ? null : arguments[0]);
              try {
                return method.isDefault() && arguments[0] instanceof Consumer
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : method.invoke(s3, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private InstalledModel install(String version, float weight) {
    TestModels.install(
        models(),
        TestModels.manifest("redness", version, SIDE),
        TestModels.means(SIDE, new float[][] {{weight, 0, 0}}, new float[1]));
    return new ModelStore(models()).open("redness", version);
  }

  private Path models() {
    return work.resolve("models");
  }
}
