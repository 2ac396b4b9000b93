package org.touchstone.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.genconvit.GenConVitKind;
import org.touchstone.detectors.pipelines.metadata.MetadataDetector;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class DetectorRegistryTest {
  @TempDir Path models;

  @Test
  void offersOnlyTheDetectorsThatWereNamed() {
    DetectorRegistry all =
        new DetectorRegistry(
            List.of(new MetadataDetector(), NotInstalledDetector.of(new GenConVitKind())));
    assertThat(all.only(Set.of("metadata")).all())
        .extracting(Detector::name)
        .containsExactly("metadata");
    assertThatThrownBy(() -> all.only(Set.of("metadata", "oracle")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no detector called oracle");
  }

  /** A detector that is newer than the default roster is known from a stored roster. */
  @Test
  void describesTheDetectorsAsTheDefaultDoesThatHoldsWithoutARoster() {
    List<String> known = EnsembleDetector.ALL.stream().map(EnsembleDetector::name).toList();
    assertThat(DetectorRegistry.kinds())
        .filteredOn(kind -> known.contains(kind.name()))
        .extracting(kind -> new EnsembleDetector(kind.name(), kind.category(), kind.tracks()))
        .containsExactlyElementsOf(EnsembleDetector.ALL);
  }

  @Test
  void showsEachDetectorOfTheEnsembleWithoutItsModel() {
    try (OnnxModels onnx = new OnnxModels(new ModelStore(models), OnnxSettings.DEFAULT)) {
      DetectorRegistry registry = DetectorRegistry.of(new ModelStore(models), onnx);
      assertThat(registry.all())
          .extracting(Detector::name)
          .containsExactlyElementsOf(
              DetectorRegistry.kinds().stream().map(DetectorKind::name).toList());
      assertThat(registry.all().stream().filter(Detector::isInstalled))
          .extracting(Detector::name)
          .containsExactly("metadata");
      assertThat(registry.find("ufd").orElseThrow().detect(null).detail())
          .contains("models list --available");
      assertThat(registry.find("transcript").orElseThrow().detect(null).detail())
          .contains("speech recogniser");
    }
  }

  @ParameterizedTest
  @MethodSource("kindsWithModels")
  void runsAnInstalledModelOfEachDetectorAsItsPipelineSays(DetectorKind kind) {
    String pipeline =
        kind.pipeline().orElseThrow().pipeline().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String layout = pipeline.equals("aligned-clips") ? "NTHWC" : "NHWC";
    String manifest =
        TestModels.manifest(kind.name(), "1", 8)
            .replace("\"NHWC\"", "\"" + layout + "\"")
            .replace("\"output\"", "\"pipeline\": \"" + pipeline + "\", \"output\"");
    TestModels.install(models, manifest, new byte[] {1});
    try (OnnxModels onnx = new OnnxModels(new ModelStore(models), OnnxSettings.DEFAULT)) {
      Detector detector =
          DetectorRegistry.of(new ModelStore(models), onnx).find(kind.name()).orElseThrow();
      assertThat(detector.isInstalled()).isTrue();
      InstalledModel model = new ModelStore(models).find(kind.name()).orElseThrow();
      assertThat(detector).hasSameClassAs(kind.pipeline().orElseThrow().detector(model, onnx));
    }
  }

  private static Stream<DetectorKind> kindsWithModels() {
    return DetectorRegistry.kinds().stream().filter(kind -> kind.pipeline().isPresent());
  }

  @Test
  void knowsWhatEachDetectorNeedsToRunOn() {
    String frames = TestModels.manifest("own", "1", 8);
    TestModels.install(models, frames, new byte[] {1});
    TestModels.install(models, frames.replace("\"own\"", "\"distil-dire\""), new byte[] {1});
    TestModels.install(
        models,
        frames
            .replace("\"own\"", "\"ufd\"")
            .replace("\"output\"", "\"pipeline\": \"clip-vit\", \"output\""),
        new byte[] {1});
    try (OnnxModels onnx = new OnnxModels(new ModelStore(models), OnnxSettings.DEFAULT)) {
      DetectorRegistry registry = DetectorRegistry.of(new ModelStore(models), onnx);

      assertThat(registry.compute("own")).isEqualTo(Compute.CPU);
      assertThat(registry.compute("metadata")).isEqualTo(Compute.CPU);
      assertThat(registry.compute("distil-dire")).isEqualTo(Compute.GPU);
      assertThat(registry.compute("ufd")).isEqualTo(Compute.GPU);
      assertThat(registry.runnableOn(Compute.GPU).all()).isEqualTo(registry.all());
      DetectorRegistry onCpus = registry.runnableOn(Compute.CPU).only(Set.of("own", "metadata"));
      assertThat(onCpus.find("own")).isPresent();
      assertThat(registry.runnableOn(Compute.CPU).find("ufd")).isEmpty();
      assertThat(registry.howToInstall("genconvit").orElseThrow()).contains("models install");
      assertThat(registry.howToInstall("ufd")).isEmpty();
    }
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
