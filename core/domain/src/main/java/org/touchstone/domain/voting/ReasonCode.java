package org.touchstone.domain.voting;

import java.util.Locale;
import org.touchstone.domain.Verdict.VerdictReason;

/** The reasons for a level, as codes in verdicts. Codes never change their meaning. */
public enum ReasonCode {
  NO_MEDIA("There are no media to judge."),
  NO_EVIDENCE("No detector that applies gave a score."),
  TOO_LITTLE_EVIDENCE("Too few detectors gave a score to judge by."),
  /** The rule {@code log-likelihood} says how many detectors there were and how much they miss. */
  NOTHING_FOUND("Detectors found nothing."),
  WEAK_SIGNS("Detectors found signs that are too weak to judge by."),
  IMAGE_NOT_CLEARED(
      "No detector of generated pictures whose errors were counted found it authentic."),
  FACES_NOT_CLEARED(
      "It shows faces, and no detector of false faces whose errors were counted found them"
          + " authentic."),
  VOICE_NOT_CLEARED("No voice detector whose errors were counted found the sound authentic."),
  SIGNED_AS_GENERATED(
      "Whoever made it signed that a generator made all of it, and a list vouches for the signer."),
  SIGNED_AS_PARTLY_GENERATED(
      "Whoever made it signed that a generator made a part of it, and a list vouches for the"
          + " signer."),
  SIGNED_AS_EDITED_WITH_AI(
      "Whoever changed it signed that a generator was used for it, and a list vouches for the"
          + " signer. That can be little, such as a better resolution."),
  SIGNED_AS_CAPTURED(
      "It was signed when it was taken, by a product that may vouch for this, and nothing that can"
          + " be seen or heard was changed since."),
  SIGNED_CAPTURE_DOUBTED(
      "It was signed when it was taken, but detectors speak for manipulation: what was taken may"
          + " itself have been a false picture."),
  FILE_SAYS_SO("The file says of itself that a generator made or changed it; this can be forged."),
  SCORE_IN_DOUBT("A detector found something, but its score is in doubt."),
  ERRORS_NOT_COUNTED("Only detectors whose errors nobody has counted found something."),
  DETECTORS_DISAGREE(
      "A detector or the file itself speaks for manipulation, and others speak against it."),
  MANY_MEDIA(
      "Of several media one can look manipulated by chance, so it takes more evidence than for one."),
  PICTURE_NOT_JUDGED("Only the sound could be judged, not the picture."),
  SOUND_NOT_JUDGED("The sound could not be judged."),
  SOUND_DECIDES("The sound gives the level, not the picture."),
  NOISE_ONLY("Only visual noise indicates manipulation."),
  FACES_TOO_FEW("No face was found."),
  FACES_TOO_MANY("There are too many faces to judge well."),
  ARTWORK("It looks like a drawing or other artwork rather than a photo."),
  TEXT("It consists largely of text."),
  FOUND_MANIPULATED("A person found it to be manipulated."),
  VERIFIED_SOURCE("It comes from a verified source."),
  FOUND_AUTHENTIC("A person found it to be authentic.");

  private final String text;

  ReasonCode(String text) {
    this.text = text;
  }

  /** The JSON name, such as {@code faces-too-few}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason as a verdict carries it. */
  public VerdictReason reason() {
    return reason(text);
  }

  /** The reason with a sentence of its own. */
  VerdictReason reason(String sentence) {
    return new VerdictReason(code(), sentence);
  }
}
