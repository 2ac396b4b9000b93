package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class OnnxDevicesTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "auto", "cuda:0", "cuda:7"})
  void readsWhatItWrites(String text) {
    assertThat(Device.parse(text)).hasToString(text);
  }

  @Test
  void takesTheFirstDeviceWhenNoneIsNumbered() {
    assertThat(Device.parse("cuda")).isEqualTo(Device.cuda(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:256", "cuda:0001", "CPU "})
  void refusesOtherNames(String text) {
    assertThatThrownBy(() -> Device.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysAtOnceThatCudaCannotBeUsed() {
    assumeFalse(hasCuda());
    OnnxSettings settings = new OnnxSettings(Device.cuda(1), 0, 1, 1);

    assertThatThrownBy(() -> new OnnxModels(new ModelStore(Path.of("none")), settings))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageContaining("cuda:1 cannot be used")
        .hasMessageContaining("onnxruntime_gpu");
  }

  @Test
  void takesTheCpuWhenItIsFreeToChooseAndThereIsNoOther(@TempDir Path root) {
    assumeFalse(hasCuda());
    TestModels.install(
        root,
        TestModels.manifest("a", "1", 4),
        TestModels.means(4, new float[][] {{1, 2, 4}}, new float[] {0.5f}));
    ModelStore store = new ModelStore(root);
    OnnxSettings settings = new OnnxSettings(Device.AUTO, 0, 1, 1 << 20);

    try (OnnxModels models = new OnnxModels(store, settings)) {
      assertThat(models.device()).isEqualTo(Device.CPU);
      float[][] rows =
          models.use(store.open("a", "1"), loaded -> loaded.run(new Values.Bytes(new byte[48]), 1));
      assertThat(rows[0][0]).isEqualTo(0.5f);
    }
  }

  @Test
  void triesDevicesOutWithAModelThatOnnxRuntimeTakes() throws Exception {
    assertThat(OnnxDevices.tryOut(Device.CPU)).isEqualTo(1);
  }

  private static boolean hasCuda() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }
}
