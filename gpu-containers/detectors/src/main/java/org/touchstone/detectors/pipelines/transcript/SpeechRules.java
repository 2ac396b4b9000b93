package org.touchstone.detectors.pipelines.transcript;

import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.TranscriptReports;

/** What holds for every recogniser: how much speech it needs, and how its version is named. */
final class SpeechRules {
  /** The least speech that is worth writing down, seconds. */
  private static final double LEAST = 1.5;

  private SpeechRules() {}

  /**
   * The version of a transcript. It names the voice activity too, as another one leaves other
   * stretches to the recogniser, and the language that was asked for.
   */
  static String version(String recogniser, VoiceActivity voice, Optional<String> language) {
    return recogniser
        + ".voice-"
        + HexFormat.of().toHexDigits(voice.name().hashCode())
        + language.map(tag -> ".language-" + tag).orElse("");
  }

  /** The report on a sound with too little speech; empty when there is enough. */
  static Optional<DetectorReport> tooLittle(Speech speech, String version) {
    if (speech.segments().isEmpty()) {
      return Optional.of(
          TranscriptReports.abstained(version, Reason.NO_SPEECH, "Nobody was heard speaking."));
    }
    return speech.seconds() < LEAST
        ? Optional.of(
            TranscriptReports.abstained(
                version, Reason.TOO_SHORT, "It has less than 1.5 seconds of speech."))
        : Optional.empty();
  }
}
