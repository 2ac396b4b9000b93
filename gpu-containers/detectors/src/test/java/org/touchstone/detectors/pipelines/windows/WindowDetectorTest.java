package org.touchstone.detectors.pipelines.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.testing.FormulaWave;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.GoldenFile;
import org.touchstone.testing.models.TestModels;

class WindowDetectorTest {
  private static final String MANIFEST =
      """
      {"name": "voice", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@SHA256@"}, "pipeline": "sound",
       "input": {"name": "wav", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
         "samples": 64600, "preemphasis": 0.97, "pad": "repeat"},
       "output": {"name": "logits", "activation": "softmax", "threshold": 0.5},
       "options": {"aggregation": "mean"},
       "category": "generative", "tracks": ["audio"], "family": "spectra"}
      """;

  @TempDir Path folder;

  private OnnxModels models;

  @BeforeEach
  void openStore() {
    models = new OnnxModels(new ModelStore(folder.resolve("models")), OnnxSettings.DEFAULT);
  }

  @AfterEach
  void closeModels() {
    models.close();
  }

  static Stream<JsonNode> golden() {
    return GoldenFile.read("onnx-adapter").get("wave_model").get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void scoresSoundAsTheReferenceDoes(JsonNode golden) throws IOException {
    int samples = golden.get("samples").asInt();
    Path file = wav(FormulaWave.samples(golden.get("name").asText(), samples));
    Detector detector = detector(MANIFEST);
    try (MediaContext media = context(file, Modality.AUDIO)) {
      if (samples < 16_000) {
        assertReason(detector, media, Reason.TOO_SHORT);
        return;
      }

      DetectorReport report = detector.detect(media);

      JsonNode expected = golden.get("p_spoof_index0");
      assertThat(report.evidence().timeline()).hasSize(expected.size());
      double sum = 0;
      for (int i = 0; i < expected.size(); i++) {
        TimelineSegment segment = report.evidence().timeline().get(i);
        assertThat(segment.score()).isCloseTo(expected.get(i).asDouble(), within(3e-6));
        sum += expected.get(i).asDouble();
      }
      assertThat(report.score()).isCloseTo(sum / expected.size(), within(3e-6));
      assertThat(report.evidence().timeline().getLast().end()).isEqualTo(samples / 16_000.0);
      assertThat(report.reliability().family()).isEqualTo("spectra");
      assertThat(report.reliability().looks()).isEqualTo(expected.size());
      assertThat(report.reliability().combination())
          .isEqualTo(expected.size() == 1 ? Combination.SINGLE : Combination.MEAN);
      assertThat(report.evidence().rationale())
          .isEqualTo("It heard %1$d of %1$d windows of 4.0 seconds.".formatted(expected.size()));
    }
  }

  @ParameterizedTest
  @CsvSource({"median, 0.463309134", "maximum, 0.633793557", "trimmed-mean, 0.494947787"})
  void combinesWindowsAsTheManifestSays(String aggregation, double score) throws IOException {
    Path file = wav(FormulaWave.samples("input:audio-g", 150_000));
    Detector detector =
        detector(
            MANIFEST.replace(
                "\"aggregation\": \"mean\"", "\"aggregation\": \"" + aggregation + "\""));
    try (MediaContext media = context(file, Modality.AUDIO)) {
      assertThat(detector.detect(media).score()).isCloseTo(score, within(3e-6));
    }
  }

  @Test
  void hearsTheSoundOfAVideoAndNotItsPictures() throws IOException {
    Path file =
        TestMedia.numberedVideo(
            folder.resolve("v.mp4"), VideoSettings.h264(64, 64).withTone(3), 75);
    Detector detector = detector(MANIFEST);
    try (MediaContext media = context(file, Modality.VIDEO)) {
      assertThat(detector.tracks()).containsExactly(Modality.AUDIO);
      assertThat(detector.detect(media).evidence().timeline()).hasSize(1);
    }
  }

  @Test
  void aLongSoundIsHeardInWindowsSpreadEvenly() throws IOException {
    Path file = wav(FormulaWave.samples("long", 16_000 * 20));
    Detector detector = detector(MANIFEST.replace("\"pad\": \"repeat\"", "\"hop\": 4000"));
    try (MediaContext media = context(file, Modality.AUDIO)) {

      DetectorReport report = detector.detect(media);

      assertThat(report.evidence().rationale())
          .isEqualTo("It heard 60 of 65 windows of 4.0 seconds.");
      assertThat(report.evidence().timeline()).hasSize(60);
      assertThat(report.evidence().timeline().getFirst().start()).isZero();
      assertThat(report.reliability().looks()).isEqualTo(60);
    }
    assertThat(WindowDetector.spread(3)).containsExactly(0L, 1L, 2L);
    assertThat(WindowDetector.spread(6000)).hasSize(60).startsWith(0L, 100L).endsWith(5900L);
  }

  @Test
  void silentWindowsDoNotCount() throws IOException {
    byte[] samples = FormulaWave.samples("input:audio-g", 150_000);
    Arrays.fill(samples, 64_600 * 2, 2 * 64_600 * 2, (byte) 0);
    Detector detector = detector(MANIFEST);
    try (MediaContext media = context(wav(samples), Modality.AUDIO)) {

      DetectorReport report = detector.detect(media);

      assertThat(report.evidence().timeline())
          .extracting(TimelineSegment::start)
          .containsExactly(0.0, 129_200 / 16_000.0);
      assertThat(report.evidence().rationale())
          .isEqualTo(
              "It heard 2 of 3 windows of 4.0 seconds. Of those it chose, 1 are silent and do not"
                  + " count.");
    }
  }

  @Test
  void abstainsFromSilenceShortSoundsAndVideosWithoutSound() throws IOException {
    Detector detector = detector(MANIFEST);
    try (MediaContext silent = context(wav(new byte[2 * 40_000]), Modality.AUDIO)) {
      assertReason(detector, silent, Reason.NO_SPEECH);
    }
    try (MediaContext brief = context(wav(FormulaWave.samples("brief", 15_999)), Modality.AUDIO)) {
      assertReason(detector, brief, Reason.TOO_SHORT);
    }
    Path mute = TestMedia.numberedVideo(folder.resolve("mute.mp4"), VideoSettings.h264(64, 64), 10);
    try (MediaContext media = context(mute, Modality.VIDEO)) {
      assertReason(detector, media, Reason.NO_AUDIO);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"sampleRate\": 16000 | \"sampleRate\": 24000 | 24000 samples a second",
        "\"samples\": 64600    | \"samples\": \"any\"  | how many samples a window has"
      })
  void isNotInstalledWhereItsModelNeedsOtherSound(String from, String to, String why)
      throws IOException {
    Detector detector = detector(MANIFEST.replace(from, to));

    assertThat(detector.isInstalled()).isFalse();
    assertThat(detector.detect(null).detail()).contains(why);
  }

  private Path wav(byte[] samples) {
    return FormulaWave.wav(folder.resolve("a.wav"), samples);
  }

  private Detector detector(String manifest) throws IOException {
    Path root = folder.resolve("models");
    try (InputStream in =
        WindowDetectorTest.class.getResourceAsStream("/golden/onnx-adapter/wave_fp32.onnx")) {
      TestModels.install(root, manifest, in.readAllBytes());
    }
    return DetectorRegistry.of(new ModelStore(root), models).find("voice").orElseThrow();
  }

  private static MediaContext context(Path file, Modality modality) {
    return new MediaContext(
        file,
        TestMedia.item(modality, null),
        Modality.AUDIO,
        DecodeLimits.DEFAULT,
        TestMedia.NO_FACES,
        TestMedia.workFolder(file));
  }

  private static void assertReason(Detector detector, MediaContext media, Reason reason) {
    assertThatThrownBy(() -> detector.detect(media))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
