package org.touchstone.detectors.pipelines.transcript;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Lazy;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.sound.recognition.Recogniser;
import org.touchstone.detectors.sound.recognition.Spoken;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.domain.speech.TranscriptReports;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;

/**
 * Writes down what is said, with an installed recogniser. It does not judge the words, so it
 * abstains; its report shows them.
 */
final class TranscriptDetector implements Detector {
  private final String name;
  private final Category category;
  private final Set<Modality> tracks;
  private final InstalledModel model;
  private final VoiceActivity voice;
  private final Lazy<Recogniser> recogniser;
  private final Optional<String> language;

  TranscriptDetector(
      String name,
      Category category,
      Set<Modality> tracks,
      InstalledModel model,
      VoiceActivity voice,
      OnnxModels models) {
    this(
        name,
        category,
        tracks,
        model,
        voice,
        new Lazy<>(() -> Recogniser.of(model, models)),
        Optional.empty());
  }

  private TranscriptDetector(
      String name,
      Category category,
      Set<Modality> tracks,
      InstalledModel model,
      VoiceActivity voice,
      Lazy<Recogniser> recogniser,
      Optional<String> language) {
    this.name = name;
    this.category = category;
    this.tracks = Set.copyOf(tracks);
    this.model = model;
    this.voice = voice;
    this.recogniser = recogniser;
    this.language = language;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String modelVersion() {
    return SpeechRules.version(model.manifest().version(), voice, language);
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
  public Detector inLanguage(String tag) {
    return new TranscriptDetector(
        name, category, tracks, model, voice, recogniser, LanguageTag.canonical(tag));
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    Speech speech = media.speech(voice);
    Optional<DetectorReport> none = SpeechRules.tooLittle(speech, modelVersion());
    if (none.isPresent()) {
      return none.get();
    }
    return TranscriptReports.of(
        recogniser().recognise(new Spoken(media.sound(), speech), language), modelVersion());
  }

  private SpeechRecogniser recogniser() {
    try {
      return recogniser.get();
    } catch (ModelException e) {
      throw new DetectionException(
          Reason.ERROR, "The recogniser cannot be used: " + e.getMessage(), e);
    }
  }
}
