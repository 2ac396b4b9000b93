package org.touchstone.detectors.pipelines.transcript;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Lazy;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.sound.recognition.Recogniser;
import org.touchstone.detectors.sound.recognition.Transcript;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;

/**
 * Writes down what is said, with an installed recogniser. Nothing judges the words, so it abstains;
 * its report shows them.
 */
final class TranscriptDetector implements Detector {
  /** The least speech that is worth writing down, seconds. */
  private static final double LEAST = 1.5;

  private final String name;
  private final Category category;
  private final Set<Modality> tracks;
  private final InstalledModel model;
  private final VoiceActivity voice;
  private final Lazy<Recogniser> recogniser;

  TranscriptDetector(
      String name,
      Category category,
      Set<Modality> tracks,
      InstalledModel model,
      VoiceActivity voice,
      OnnxModels models) {
    this.name = name;
    this.category = category;
    this.tracks = Set.copyOf(tracks);
    this.model = model;
    this.voice = voice;
    this.recogniser = new Lazy<>(() -> Recogniser.of(model, models));
  }

  @Override
  public String name() {
    return name;
  }

  /** Names the voice activity too: another one leaves other stretches to the recogniser. */
  @Override
  public String modelVersion() {
    return model.manifest().version()
        + ".voice-"
        + HexFormat.of().toHexDigits(voice.name().hashCode());
  }

  @Override
  public Category category() {
    return category;
  }

  @Override
  public Set<Modality> tracks() {
    return tracks;
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    Speech speech = media.speech(voice);
    if (speech.segments().isEmpty()) {
      return abstained(Reason.NO_SPEECH, "Nobody was heard speaking.");
    }
    if (speech.seconds() < LEAST) {
      return abstained(Reason.TOO_SHORT, "It has less than 1.5 seconds of speech.");
    }
    // The language is found out: no request names one.
    Transcript transcript = recogniser().transcribe(media.sound(), speech, Optional.empty());
    DetectorReport report =
        transcript.isUnclear()
            ? abstained(Reason.UNCLEAR_SPEECH, "The recogniser is unsure of most of what is said.")
            : abstained(
                Reason.NOT_CONFIGURED,
                transcript.whole()
                    ? "What is said is written down, and nothing judges it."
                    : "Only the beginning of what is said is written down, and nothing judges it.");
    return report.withEvidence(evidence(transcript));
  }

  private Recogniser recogniser() {
    try {
      return recogniser.get();
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The recogniser cannot be used: " + e.getMessage(), e);
    }
  }

  private Evidence evidence(Transcript transcript) {
    return Evidence.NONE.withSpeech(
        new Evidence.Speech(
            transcript.language(),
            model.manifest().name() + " " + model.manifest().version(),
            transcript.passages().stream()
                .map(
                    passage ->
                        new Evidence.Passage(
                            passage.start(), passage.end(), passage.text(), passage.doubtful()))
                .toList()));
  }

  private DetectorReport abstained(Reason reason, String detail) {
    return DetectorReport.abstained(name, modelVersion(), category, reason, detail);
  }
}
