package org.touchstone.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.metadata.MetadataDetector;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class DetectorRegistryTest {
  @TempDir Path models;

  @Test
  void offersOnlyTheDetectorsThatWereNamed() {
    DetectorRegistry all =
        new DetectorRegistry(
            List.of(new MetadataDetector(), NotInstalledDetector.ensemble().getFirst()));
    assertThat(all.only(Set.of("metadata")).all())
        .extracting(Detector::name)
        .containsExactly("metadata");
    assertThatThrownBy(() -> all.only(Set.of("metadata", "oracle")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no detector called oracle");
  }

  @Test
  void abstainsForAModelThatTakesLatentsNothingCanMake() {
    String manifest =
        TestModels.manifest("styleflow", "1", 8)
            .replace(
                "\"output\"",
                "\"extraInputs\": [{\"name\": \"latents\", \"dtype\": \"float32\","
                    + " \"shape\": [31, 9216], \"fill\": \"style-latents\"}], \"output\"");
    TestModels.install(models, manifest, new byte[] {1});
    try (OnnxModels onnx = new OnnxModels(new ModelStore(models), OnnxSettings.DEFAULT)) {
      DetectorRegistry registry = DetectorRegistry.of(new ModelStore(models), onnx);
      Detector detector = registry.find("styleflow").orElseThrow();
      assertThat(detector.isInstalled()).isFalse();
      DetectorReport report = detector.detect(null);
      assertThat(report.reason()).isEqualTo(Reason.NOT_INSTALLED);
      assertThat(report.detail()).contains("latent");
    }
  }
}
