package org.touchstone.domain.voting;

import java.util.Optional;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict.Level;

/**
 * People's knowledge of a medium; it takes precedence over all detectors.
 *
 * @param media the finding on the medium; for a video, on its picture
 * @param audio the finding on a video's sound; unused for other media
 * @param verifiedSource whether it was posted by an account known to be trustworthy
 */
public record Annotations(GroundTruth media, GroundTruth audio, boolean verifiedSource) {

  public static final Annotations NONE =
      new Annotations(GroundTruth.UNKNOWN, GroundTruth.UNKNOWN, false);

  public Annotations {
    media = media == null ? GroundTruth.UNKNOWN : media;
    audio = audio == null ? GroundTruth.UNKNOWN : audio;
  }

  /** A level that needs no vote, and why. */
  public record Definitive(Level level, ReasonCode reason) {
    /** Whether the medium's source gives it, and not a finding on the medium. */
    public boolean isBySource() {
      return reason == ReasonCode.VERIFIED_SOURCE;
    }
  }

  /**
   * The level that people's knowledge alone gives: a finding of manipulation beats a verified
   * source, which beats a finding of authenticity.
   */
  public Optional<Definitive> definitive(Modality modality) {
    GroundTruth truth = groundTruth(modality);
    if (truth == GroundTruth.MANIPULATED) {
      return Optional.of(new Definitive(Level.HIGH, ReasonCode.FOUND_MANIPULATED));
    }
    if (verifiedSource) {
      return Optional.of(new Definitive(Level.TRUSTED, ReasonCode.VERIFIED_SOURCE));
    }
    if (truth == GroundTruth.AUTHENTIC) {
      return Optional.of(new Definitive(Level.LOW, ReasonCode.FOUND_AUTHENTIC));
    }
    return Optional.empty();
  }

  /** A video is manipulated if either track is, and authentic only if both are known to be. */
  GroundTruth groundTruth(Modality modality) {
    if (modality != Modality.VIDEO || media == audio) {
      return media;
    }
    return media == GroundTruth.MANIPULATED || audio == GroundTruth.MANIPULATED
        ? GroundTruth.MANIPULATED
        : GroundTruth.UNKNOWN;
  }
}
