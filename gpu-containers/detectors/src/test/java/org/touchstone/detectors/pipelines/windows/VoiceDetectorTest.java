package org.touchstone.detectors.pipelines.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.inference.Quantisation;
import org.touchstone.detectors.sound.MadeSounds;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestGraph;
import org.touchstone.testing.models.TestModels;

/**
 * Detectors of voices on real speech, with the real voice activity and a model with weights of 8
 * bits that finds sound whose mean is not zero.
 */
class VoiceDetectorTest {
  private static final int LENGTH = 64_600;
  private static final int RATE = 16_000;

  /** What the model takes for a voice of a machine. */
  private static final float OFFSET = 0.05f;

  @TempDir Path folder;
  private ModelStore store;
  private OnnxModels models;
  private float[] spoken;

  @BeforeEach
  void open() {
    store = TestSounds.withVoiceActivity(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    spoken = TestSounds.spokenSamples(folder);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void aModelWithWeightsOf8BitsIsKnownByItsGraphAndRuns() {
    Detector detector = detector("");
    InstalledModel model =
        store.newest().stream()
            .filter(m -> m.manifest().name().equals("voice"))
            .findFirst()
            .orElseThrow();
    assertThat(Quantisation.of(model)).isTrue();
    assertThat(model.manifest().modelFile()).doesNotContain("int8");

    DetectorReport report = detect(detector, spoken);
    assertThat(report.score()).isLessThan(0.1);
    assertThat(report.evidence().timeline())
        .hasSizeBetween(1, 3)
        .allMatch(segment -> segment.score() < 0.2);
    DetectorReport made = detect(detector, offset(spoken, 0, spoken.length));
    assertThat(made.score()).isGreaterThan(0.9);
    assertThat(made.reliability()).isNull();
  }

  @Test
  void theReportSaysHowManyWindowsOfHowManyAndHowGoodTheSoundIs() {
    DetectorReport report = detect(detector(""), spoken);
    int windows = report.evidence().timeline().size();

    assertThat(report.evidence().findings())
        .contains(new Finding("sound:windows", "windows heard", windows + " of " + windows))
        .anyMatch(finding -> finding.source().equals("sound:quality"));
    assertThat(report.modelVersion()).startsWith("1.windows-");
  }

  @Test
  void threeNeighbouringHighWindowsAreAPartOfTheSound() {
    float[] conversation = repeated(spoken, 6);
    // From the second sentence to the fourth.
    float[] spliced = offset(conversation, spoken.length, 4 * spoken.length);

    DetectorReport report = detect(detector(""), spliced);

    assertThat(report.score()).isGreaterThan(0.9);
    assertThat(report.reliability().counts()).isNull();
    assertThat(report.reliability().doubt()).startsWith("Only a part of the sound is high, from ");
    Finding part =
        report.evidence().findings().stream()
            .filter(finding -> finding.source().equals("sound:part"))
            .findFirst()
            .orElseThrow();
    assertThat(part.value()).matches("\\d+\\.\\d to \\d+\\.\\d s");
    assertThat(report.evidence().timeline())
        .extracting(TimelineSegment::score)
        .anyMatch(score -> score < 0.2)
        .anyMatch(score -> score > 0.9);

    assertThat(detect(detector(""), conversation).evidence().findings())
        .noneMatch(finding -> finding.source().equals("sound:part"));
    assertThat(detect(detector(""), offset(conversation, 0, conversation.length)).reliability())
        .isNull();
  }

  @Test
  void countedErrorsOfOneWindowHoldForOneWindowOnly() {
    Detector detector = detector(reliability(""));
    float[] brief = Arrays.copyOf(spoken, 3 * RATE);

    DetectorReport one = detect(detector, brief);
    assertThat(one.evidence().timeline()).hasSize(1);
    assertThat(one.evidence().timeline().getFirst().start()).isZero();
    assertThat(one.reliability().combination()).isEqualTo(Combination.SINGLE);
    assertThat(one.reliability().counts().row()).isEqualTo("one window");

    DetectorReport several = detect(detector, repeated(spoken, 3));
    assertThat(several.reliability().looks()).isGreaterThan(2);
    assertThat(several.reliability().combination()).isEqualTo(Combination.MEAN);
    assertThat(several.reliability().counts()).isNull();
  }

  @Test
  void theQualityOfTheSoundChoosesTheRow() {
    String wide = row("wide", "\"sound\": {\"minBandLimit\": 7000},", 1);
    String call = row("telephone", "\"sound\": {\"codec\": \"telephone\"},", 20);
    Detector detector = detector(reliability(wide + "," + call));
    float[] brief = Arrays.copyOf(spoken, 3 * RATE);

    assertThat(detect(detector, brief).reliability().counts().row()).isEqualTo("wide");
    Path file = TestSounds.telephone(folder, brief);
    try (MediaContext media = context(file)) {
      assertThat(detector.detect(media).reliability().counts().row()).isEqualTo("telephone");
    }
  }

  @Test
  void abstainsWithAReasonOfItsOwnFromWhatIsNotSpeech() {
    Detector detector = detector("");
    assertReason(detector, Reason.NO_SPEECH, new float[2 * RATE]);
    assertReason(detector, Reason.TOO_SHORT, Arrays.copyOf(spoken, 20_000));
    assertReason(detector, Reason.MUSIC, MadeSounds.organ());
    assertReason(detector, Reason.DIAL_TONE, MadeSounds.callTones().get("busy, Europe"));
    assertReason(
        detector, Reason.TOO_NOISY, MadeSounds.mixed(spoken, MadeSounds.noise(2, 0.9), -1));
  }

  @Test
  void theQualityIsMeasuredOnceForAllDetectors() {
    try (MediaContext media = context(wav(spoken))) {
      detector("").detect(media);
      VoiceActivity voice = VoiceActivity.of(store, models);
      assertThat(media.soundQuality(voice)).isSameAs(media.soundQuality(voice));
    }
  }

  private static float[] repeated(float[] samples, int times) {
    float[] repeated = new float[samples.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(samples, 0, repeated, i * samples.length, samples.length);
    }
    return repeated;
  }

  private static float[] offset(float[] samples, int from, int to) {
    float[] moved = samples.clone();
    for (int i = from; i < to; i++) {
      moved[i] += OFFSET;
    }
    return moved;
  }

  private DetectorReport detect(Detector detector, float[] samples) {
    try (MediaContext media = context(wav(samples))) {
      return detector.detect(media);
    }
  }

  private Path wav(float[] samples) {
    return TestSounds.wav(folder, samples.length, i -> samples[i]);
  }

  private void assertReason(Detector detector, Reason reason, float[] samples) {
    assertThatThrownBy(() -> detect(detector, samples))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static MediaContext context(Path file) {
    return new MediaContext(
        file,
        TestMedia.item(Modality.AUDIO, null),
        Modality.AUDIO,
        DecodeLimits.DEFAULT,
        TestMedia.NO_FACES,
        TestMedia.workFolder(file));
  }

  private static String row(String name, String bounds, int falseAlarms) {
    return """
        {"name": "%s", %s "falseAlarms": %d, "authentic": 100, "hits": 90, "fakes": 100,
         "source": "a test"}"""
        .formatted(name, bounds, falseAlarms);
  }

  /**
   * @param rows of counted errors, or empty for one of one window
   */
  private static String reliability(String rows) {
    String manifest = manifest("").replace("@SHA256@", TestModels.sha256(model()));
    String digest =
        ModelManifest.read(manifest.getBytes(StandardCharsets.UTF_8)).preprocessingDigest();
    return """
        "family": "voices", "reliability": {"version": "1", "model": "%s", "preprocessing": "%s",
        "rows": [%s]},"""
        .formatted(
            TestModels.sha256(model()), digest, rows.isEmpty() ? row("one window", "", 2) : rows);
  }

  private static String manifest(String more) {
    return """
        {"name": "voice", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "@SHA256@"}, "pipeline": "sound",
         "input": {"name": "wav", "layout": "samples", "dtype": "float32", "sampleRate": 16000,
           "samples": 64600, "pad": "repeat"},
         "output": {"name": "logits", "activation": "softmax", "threshold": 0.9}, %s
         "category": "voice", "tracks": ["audio"]}
        """
        .formatted(more);
  }

  private Detector detector(String more) {
    TestModels.install(folder.resolve("models"), manifest(more), model());
    return DetectorRegistry.of(new ModelStore(folder.resolve("models")), models)
        .find("voice")
        .orElseThrow();
  }

  /** Quantises a window, adds it up with weights of 8 bits, and compares it with a bias. */
  private static byte[] model() {
    byte[] weights = new byte[2 * LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      weights[2 * i] = 1;
      weights[2 * i + 1] = -1;
    }
    return new TestGraph()
        .input("wav", DataType.FLOAT, "batch", LENGTH)
        .output("logits", DataType.FLOAT, "batch", 2)
        .weight8("weights", List.of((long) LENGTH, 2L), weights)
        .weight("unit", List.of(), 0.003f)
        .weight("bias", List.of(2L), -3, 3)
        .nodes("DynamicQuantizeLinear", List.of("bytes", "scale", "zero"), "wav")
        .node("MatMulInteger", "sum", "bytes", "weights", "zero")
        .cast("floats", "sum", DataType.FLOAT)
        .node("Mul", "scaled", "floats", "scale")
        .node("Mul", "small", "scaled", "unit")
        .node("Add", "logits", "small", "bias")
        .bytes();
  }
}
