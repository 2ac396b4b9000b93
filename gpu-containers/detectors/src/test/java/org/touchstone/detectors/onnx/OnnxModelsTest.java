package org.touchstone.detectors.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.model.InstalledModel;
import org.touchstone.detectors.model.ModelException;
import org.touchstone.detectors.model.ModelStore;
import org.touchstone.detectors.onnx.OnnxSettings.Device;
import org.touchstone.detectors.testing.TestModels;
import org.touchstone.domain.Reason;

class OnnxModelsTest {
  private static final int SIDE = 4;
  private static final byte[] MODEL =
      TestModels.means(SIDE, new float[][] {{1, 2, 4}, {0, 0, 1}}, new float[] {0.5f, 0});

  @TempDir Path root;

  @Test
  void runsABatch() {
    install("a");
    byte[] data = new byte[2 * SIDE * SIDE * 3];
    Arrays.fill(data, SIDE * SIDE * 3, data.length, (byte) 255);

    try (OnnxModels models = models(1L << 20)) {
      float[][] rows = models.use(model("a"), loaded -> loaded.run(data, 2));

      assertThat(rows).hasDimensions(2, 2);
      assertThat(rows[0]).containsExactly(new float[] {0.5f, 0}, within(1e-6f));
      assertThat(rows[1]).containsExactly(new float[] {7.5f, 1}, within(1e-5f));
    }
  }

  @Test
  void loadsAModelOnceAndUnloadsTheLeastRecentlyUsed() {
    install("a");
    install("b");
    install("c");
    try (OnnxModels models = models(2L * MODEL.length)) {
      OnnxModel a = models.use(model("a"), loaded -> loaded);
      models.use(model("b"), loaded -> loaded);
      OnnxModel again = models.use(model("a"), loaded -> loaded);
      assertThat(again).isSameAs(a);

      models.use(model("c"), loaded -> loaded);

      assertThat(models.loaded()).isEqualTo(2);
      OnnxModel kept = models.use(model("a"), loaded -> loaded);
      assertThat(kept).isSameAs(a);
    }
  }

  @Test
  void neverUnloadsAModelInUse() throws Exception {
    install("a");
    install("b");
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (OnnxModels models = models(MODEL.length);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> first =
          threads.submit(
              () ->
                  models.use(
                      model("a"),
                      loaded -> {
                        inUse.countDown();
                        await(release);
                        return loaded.run(new byte[SIDE * SIDE * 3], 1);
                      }));
      await(inUse);
      Future<float[][]> second =
          threads.submit(
              () -> models.use(model("b"), loaded -> loaded.run(new byte[SIDE * SIDE * 3], 1)));

      assertThat(models.loaded()).isEqualTo(1);
      release.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS)).hasDimensions(1, 2);
      assertThat(second.get(30, TimeUnit.SECONDS)).hasDimensions(1, 2);
    }
  }

  @Test
  void answersManyThreadsAtOnce() throws Exception {
    install("a");
    try (OnnxModels models = models(1L << 20);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] data = new byte[SIDE * SIDE * 3];
        Arrays.fill(data, (byte) i);
        answers.add(threads.submit(() -> models.use(model("a"), m -> m.run(data, 1))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)[0][1])
            .isCloseTo(i / 255f, within(1e-5f));
      }
    }
  }

  @Test
  void refusesAModelLargerThanTheMemory() {
    install("a");

    try (OnnxModels models = models(10)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("for models");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"name\": \"images\" | \"name\": \"pictures\"               | input.name",
        "\"height\": 4        | \"height\": 5                        | input differs",
        "\"NHWC\"             | \"NTHWC\", \"frames\": 2             | input differs",
        "\"name\": \"logits\" | \"name\": \"scores\"                 | output.name",
        "\"fakeIndex\": 0     | \"fakeIndex\": 2                     | output.fakeIndex"
      })
  void refusesAModelThatIsNotWhatItsManifestSays(String from, String to, String message) {
    String manifest = TestModels.manifest("a", "1", SIDE).replace(from, to);
    TestModels.install(root, manifest, MODEL);

    try (OnnxModels models = models(1L << 20)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(message);
      assertThat(models.loaded()).isZero();
    }
  }

  @Test
  void refusesWhatIsNoOnnxAndWhatWasTamperedWith() throws Exception {
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), "no model".getBytes());
    install("b");
    Files.write(root.resolve("b/1/model.onnx"), new byte[] {1, 2, 3});

    try (OnnxModels models = models(1L << 20)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageNotContaining(root.toString());
      assertThatThrownBy(() -> models.use(model("b"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("SHA-256");
    }
  }

  @Test
  void stopsWaitingForMemoryWhenInterrupted() throws Exception {
    install("a");
    install("b");
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch inUse = new CountDownLatch(1);
    try (OnnxModels models = models(MODEL.length);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(
          () ->
              models.use(
                  model("a"),
                  loaded -> {
                    inUse.countDown();
                    await(release);
                    return null;
                  }));
      await(inUse);

      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> models.use(model("b"), loaded -> loaded))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
      release.countDown();
    }
  }

  private void install(String name) {
    TestModels.install(root, TestModels.manifest(name, "1", SIDE), MODEL);
  }

  private InstalledModel model(String name) {
    return new ModelStore(root).open(name, "1");
  }

  private OnnxModels models(long bytes) {
    return new OnnxModels(new ModelStore(root), new OnnxSettings(Device.CPU, 1, 2, bytes));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
