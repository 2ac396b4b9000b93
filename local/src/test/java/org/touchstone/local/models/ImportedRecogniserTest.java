package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.recognition.Recogniser;
import org.touchstone.detectors.sound.recognition.Spoken;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportStatus;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.ScriptedSpeech;
import org.touchstone.testing.media.SpokenSound;

/** An imported Whisper and what the detector of transcripts makes of it, together. */
class ImportedRecogniserTest {
  @TempDir Path folder;
  private ModelStore store;
  private OnnxModels models;

  @BeforeEach
  void open() {
    store = new ModelStore(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    models.close();
  }

  private void install(UnaryOperator<FormulaTensor> change, Precision precision)
      throws IOException {
    install(ScriptedSpeech.tensors().stream().map(change).toList(), precision);
  }

  private void install(List<FormulaTensor> tensors, Precision precision) throws IOException {
    List<Path> files =
        List.of(
            CheckpointWriter.safetensors(folder.resolve("model.safetensors"), tensors),
            Files.write(folder.resolve("a.tiktoken"), ScriptedSpeech.vocabulary()));
    new ModelImporter(folder.resolve("models"))
        .importModel(new ImportRequest("whisper", files, precision), ImportProgress.NONE);
  }

  @Test
  void withoutARecogniserItIsNotInstalled() throws IOException {
    assertThat(report(SpokenSound.in(folder)).reason()).isEqualTo(Reason.NOT_INSTALLED);
  }

  @Test
  void showsWhatIsSaidAndAbstains() throws IOException {
    install(tensor -> tensor, Precision.FP32);

    DetectorReport report = report(SpokenSound.in(folder));

    assertThat(report.status()).isEqualTo(ReportStatus.ABSTAINED);
    assertThat(report.reason()).isEqualTo(Reason.NOT_CONFIGURED);
    assertThat(report.modelVersion()).startsWith("1-").contains(".voice-");
    Evidence evidence = report.evidence();
    assertThat(evidence.transcript()).isEqualTo(ScriptedSpeech.FIRST + " " + ScriptedSpeech.SECOND);
    assertThat(evidence.speech().language()).isEqualTo("en");
    assertThat(evidence.speech().recogniser()).startsWith("whisper 1-");
    List<Evidence.Passage> passages = evidence.speech().passages();
    assertThat(passages)
        .extracting(Evidence.Passage::text)
        .containsExactly(ScriptedSpeech.FIRST, ScriptedSpeech.SECOND);
    assertThat(passages).noneMatch(Evidence.Passage::doubtful);
    assertThat(passages.get(0).end() - passages.get(0).start()).isCloseTo(2, within(1e-6));
    assertThat(passages.get(1).start()).isCloseTo(passages.get(0).end(), within(1e-6));
  }

  @Test
  void halfPrecisionWritesTheSame() throws IOException {
    install(tensor -> tensor, Precision.FP16);

    assertThat(report(SpokenSound.in(folder)).evidence().transcript())
        .isEqualTo(ScriptedSpeech.FIRST + " " + ScriptedSpeech.SECOND);
  }

  @Test
  void silenceHasNoSpeechAndAWordIsTooShort() throws IOException {
    install(tensor -> tensor, Precision.FP32);

    assertThat(report(wav(3, 0, 0)).reason()).isEqualTo(Reason.NO_SPEECH);
    DetectorReport word = report(wav(4, 1, 1.8));
    assertThat(word.reason()).isEqualTo(Reason.TOO_SHORT);
    assertThat(word.detail()).contains("1.5 seconds");
  }

  /** With all tokens alike whatever is drawn is unlikely. */
  @Test
  void wordsThatTheRecogniserIsUnsureOfAreMarkedAndLeadToAbstention() throws IOException {
    install(
        tensor ->
            tensor.name().equals("decoder.positional_embedding")
                ? new FormulaTensor(tensor.name(), tensor.shape(), tensor.dtype(), i -> 0)
                : tensor,
        Precision.FP32);

    DetectorReport report = report(SpokenSound.in(folder));

    assertThat(report.reason()).isEqualTo(Reason.UNCLEAR_SPEECH);
    assertThat(report.evidence().speech().passages()).allMatch(Evidence.Passage::doubtful);
    assertThat(report.evidence().findings()).anyMatch(finding -> finding.name().equals("doubtful"));
    assertThat(report(SpokenSound.in(folder)).evidence()).isEqualTo(report.evidence());
  }

  @Test
  void writesEveryWindowInTheGivenLanguage() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    try (Sound sound = Sound.decode(wav(70, 0, 70), folder, DecodeLimits.DEFAULT)) {
      Speech speech =
          new Speech(List.of(new Segment(1, 27), new Segment(30, 50), new Segment(60, 64)));

      Transcript transcript = recognised(sound, speech, "de-AT");

      assertThat(transcript.language()).isEqualTo("de-AT");
      assertThat(transcript.notes()).isEmpty();
      assertThat(transcript.isWhole()).isTrue();
      assertThat(transcript.writtenSeconds()).isEqualTo(26 + 20 + 4);
      assertThat(transcript.clearSeconds()).isCloseTo(4.5 + 4.5 + 4, within(1e-6));
      assertThat(transcript.passages())
          .extracting(Heard::text)
          .containsExactly(
              ScriptedSpeech.FIRST,
              ScriptedSpeech.SECOND,
              ScriptedSpeech.FIRST,
              ScriptedSpeech.SECOND,
              ScriptedSpeech.FIRST,
              ScriptedSpeech.SECOND);
      assertThat(transcript.passages().get(2).start()).isCloseTo(30, within(1e-6));
      assertThat(transcript.passages().getLast().end()).isLessThanOrEqualTo(64);
    }
  }

  @Test
  void aLanguageThatItDoesNotKnowIsFoundOutAndSaid() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    try (Sound sound = Sound.decode(wav(5, 0, 5), folder, DecodeLimits.DEFAULT)) {
      Transcript transcript = recognised(sound, new Speech(List.of(new Segment(0, 5))), "tlh");

      assertThat(transcript.language()).isEqualTo("en");
      assertThat(transcript.evidence().findings())
          .extracting(Evidence.Finding::value)
          .containsExactly("the recogniser does not know the language tlh");
    }
  }

  /** A text ends with two times where the recogniser stopped within the window. */
  @Test
  void goesOnWhereTheTextOfAWindowStops() throws IOException {
    install(ScriptedSpeech.thatStops(), Precision.FP32);
    try (Sound sound = Sound.decode(wav(30, 0, 30), folder, DecodeLimits.DEFAULT)) {
      Speech speech = new Speech(List.of(new Segment(1, 15)));

      Transcript transcript = recognised(sound, speech, "en");

      assertThat(transcript.isWhole()).isTrue();
      assertThat(transcript.passages())
          .extracting(Heard::start)
          .usingElementComparator(Comparator.comparing(time -> Math.round(time * 100)))
          .containsExactly(1.0, 3.0, 5.5, 7.5, 10.0, 12.0, 14.5, 15.0);
      // The last sentence begins 1.5 seconds behind the window, in the silence that fills it up.
      assertThat(transcript.passages())
          .extracting(Heard::isDoubtful)
          .containsExactly(false, false, false, false, false, false, false, true);
      assertThat(transcript.passages().getLast().end()).isEqualTo(15);
    }
  }

  @Test
  void theLanguageOfARequestReachesTheReportAndItsVersion() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    Detector detector = DetectorRegistry.of(store, models).find("transcript").orElseThrow();

    Detector german = detector.inLanguage("de");

    assertThat(german.modelVersion()).isEqualTo(detector.modelVersion() + ".language-de");
    assertThat(report(german, SpokenSound.in(folder)).evidence().speech().language())
        .isEqualTo("de");
    assertThat(detector.inLanguage(null).modelVersion()).isEqualTo(detector.modelVersion());
    assertThat(german.inLanguage("no tag").modelVersion()).isEqualTo(detector.modelVersion());
  }

  @Test
  void writesAtMostTenMinutesOfSpeechAndSaysHowMuch() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      segments.add(new Segment(2 + 28 * i, 28 + 28 * i));
    }
    try (Sound sound = Sound.decode(wav(600, 0, 0), folder, DecodeLimits.DEFAULT)) {
      Transcript transcript =
          recogniser().recognise(new Spoken(sound, new Speech(segments)), Optional.empty());
      assertThat(transcript.isWhole()).isFalse();
      assertThat(transcript.passages()).hasSize(40);
      assertThat(transcript.evidence().findings())
          .contains(
              new Evidence.Finding(
                  "sound:recognition",
                  "written down",
                  "the first 520.0 of 546.0 seconds of speech"));
    }
  }

  @Test
  void stopsWhenInterrupted() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    try (Sound sound = Sound.decode(wav(3, 0, 3), folder, DecodeLimits.DEFAULT)) {
      Speech speech = new Speech(List.of(new Segment(0, 3)));
      Recogniser recogniser = recogniser();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> recogniser.recognise(new Spoken(sound, speech), Optional.empty()))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aManifestThatDiffersFromItsGraphsIsRejected() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    InstalledModel model = Recogniser.installed(store).orElseThrow();
    Path manifest = model.folder().resolve("model.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"headSize\" : 64", "\"headSize\" : 32"));

    assertThatThrownBy(() -> report(SpokenSound.in(folder)))
        .isInstanceOfSatisfying(
            DetectionException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.ERROR);
              assertThat(e).hasMessageContaining("differ from the tensors of model.onnx");
            });
  }

  @Test
  void aVocabularyThatWasReplacedIsRejected() throws IOException {
    install(tensor -> tensor, Precision.FP32);
    InstalledModel model = Recogniser.installed(store).orElseThrow();
    Files.writeString(model.folder().resolve("vocabulary.txt"), "not Base64\n");

    assertThatThrownBy(() -> report(SpokenSound.in(folder)))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ERROR));
  }

  private Recogniser recogniser() {
    return Recogniser.of(Recogniser.installed(store).orElseThrow(), models);
  }

  private Transcript recognised(Sound sound, Speech speech, String language) {
    return recogniser().recognise(new Spoken(sound, speech), Optional.of(language));
  }

  private DetectorReport report(Path file) {
    return report(DetectorRegistry.of(store, models).find("transcript").orElseThrow(), file);
  }

  private DetectorReport report(Detector detector, Path file) {
    MediaItem item = MediaItem.of(Modality.AUDIO, "a".repeat(64), "audio/flac", 1000);
    try (MediaContext media =
        new MediaContext(
            file, item, Modality.AUDIO, DecodeLimits.DEFAULT, new CascadeFaceDetector(), folder)) {
      return detector.detect(media);
    }
  }

  /** A tone that comes and goes, between two times, in seconds. */
  private Path wav(int seconds, double from, double to) throws IOException {
    int samples = 16_000 * seconds;
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes()).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      boolean sounds = i >= from * 16_000 && i < to * 16_000;
      wav.putShort((short) (sounds ? 9_000 * Math.sin(2 * Math.PI * 300 * i / 16_000) : 0));
    }
    return Files.write(folder.resolve("%d-%s-%s.wav".formatted(seconds, from, to)), wav.array());
  }
}
