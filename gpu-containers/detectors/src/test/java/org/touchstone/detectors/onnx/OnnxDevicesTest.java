package org.touchstone.detectors.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.model.ModelStore;
import org.touchstone.detectors.onnx.OnnxSettings.Device;

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
  void takesTheCpuWhenItIsFreeToChooseAndThereIsNoOther() {
    assumeFalse(hasCuda());
    OnnxSettings settings = new OnnxSettings(Device.AUTO, 0, 1, 1);

    try (OnnxModels models = new OnnxModels(new ModelStore(Path.of("none")), settings)) {
      assertThat(models.device()).isEqualTo(Device.CPU);
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
