package org.touchstone.detectors.pipelines.transcript;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.sound.recognition.Spoken;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.Modality;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.domain.speech.TranscriptReports;

/**
 * Writes down what is said by asking a service. It stands where the installed recogniser does, on
 * endpoints that have the service's key.
 *
 * @param recogniser the service
 * @param version version of what it writes
 * @param voice finds the speech, which alone is sent by services that can be sent parts
 * @param isThirdParty whether another organisation runs the service
 * @param language BCP 47 tag of the language that is spoken; empty to find out
 */
public record RemoteTranscriptDetector(
    SpeechRecogniser recogniser,
    String version,
    VoiceActivity voice,
    boolean isThirdParty,
    Optional<String> language)
    implements Detector {

  /** A detector that finds out the language. */
  public RemoteTranscriptDetector(
      SpeechRecogniser recogniser, String version, VoiceActivity voice, boolean isThirdParty) {
    this(recogniser, version, voice, isThirdParty, Optional.empty());
  }

  @Override
  public String name() {
    return EnsembleDetector.TRANSCRIPT.name();
  }

  @Override
  public String modelVersion() {
    return SpeechRules.version(version, voice, language);
  }

  @Override
  public Category category() {
    return EnsembleDetector.TRANSCRIPT.category();
  }

  @Override
  public Set<Modality> tracks() {
    return EnsembleDetector.TRANSCRIPT.tracks();
  }

  @Override
  public Detector inLanguage(String tag) {
    return new RemoteTranscriptDetector(
        recogniser, version, voice, isThirdParty, LanguageTag.canonical(tag));
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    Speech speech = media.speech(voice);
    Optional<DetectorReport> none = SpeechRules.tooLittle(speech, modelVersion());
    if (none.isPresent()) {
      return none.get();
    }
    Spoken spoken = new Spoken(media.sound(), speech, Optional.of(media.item()));
    try {
      return TranscriptReports.of(recogniser.recognise(spoken, language), modelVersion());
    } catch (RecognitionException e) {
      throw new DetectionException(e.reason(), e.getMessage(), e);
    }
  }
}
