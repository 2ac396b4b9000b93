package org.touchstone.endpoint.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.DeviceUnavailableException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.models.ModelStore;

class DetectionBeansTest {
  @Test
  void runsModelsOnTheCpuUnlessToldOtherwise() {
    DetectionBeans beans = beans(Map.of());
    try (OnnxModels onnx = beans.onnx(beans.models(), new SimpleMeterRegistry())) {
      assertThat(onnx.device()).isEqualTo(Device.CPU);
    }
  }

  @Test
  void doesNotStartOnADeviceThatCannotBeUsed() {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    DetectionBeans beans = beans(Map.of("touchstone.endpoint.models.device", "cuda"));

    assertThatThrownBy(() -> beans.onnx(beans.models(), new SimpleMeterRegistry()))
        .isInstanceOf(DeviceUnavailableException.class);
  }

  @Test
  void runsOnlyTheDetectorsItWasTold() {
    DetectionBeans beans = beans(Map.of("touchstone.endpoint.detectors", "metadata,ufd"));
    ModelStore models = beans.models();
    try (OnnxModels onnx = beans.onnx(models, new SimpleMeterRegistry())) {
      assertThat(beans.registry(models, onnx).all())
          .extracting(Detector::name)
          .containsExactlyInAnyOrder("metadata", "ufd");
    }
  }

  private static DetectionBeans beans(Map<String, String> settings) {
    return new DetectionBeans(
        new SmallRyeConfigBuilder()
            .withMapping(EndpointConfig.class)
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withDefaultValue("java.io.tmpdir", System.getProperty("java.io.tmpdir"))
            .withDefaultValues(settings)
            .build()
            .getConfigMapping(EndpointConfig.class));
  }
}
